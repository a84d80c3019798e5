// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

// Several Qt Test classes in one binary: put REGISTER_TEST(MyTest) below each class, with its .moc include; the
// shared main (tests/main.cpp) makes, runs and destroys them one after the other, ordered by name.
namespace tests {

struct RegisteredTest {
    const char *name;
    std::function<std::unique_ptr<QObject>()> make;
};

// Filled before main() runs, read by main() only.
inline std::vector<RegisteredTest> &registeredTests()
{
    static std::vector<RegisteredTest> all;
    return all;
}

inline bool registerTest(const char *name, std::function<std::unique_ptr<QObject>()> make)
{
    registeredTests().push_back({name, std::move(make)});
    return true;
}

} // namespace tests

#define REGISTER_TEST(TestClass)                                                                                       \
    [[maybe_unused]] static const bool registered##TestClass =                                                         \
        tests::registerTest(#TestClass, [] { return std::unique_ptr<QObject>(new TestClass); });
