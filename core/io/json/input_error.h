// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace resilience::io {

// Why an input is refused: a value, never thrown.
struct InputError {
    std::string file; // as the user named it; empty on the command line
    std::string place; // JSON pointer ("/clients/0/timeout"), "line 3, column 7", or an option ("--seed"); may be empty
    std::string found; // "the unknown key "open_duraton""
    std::string expected; // "one of window, open_duration"; may be empty
    std::string nearest; // the valid name that was probably meant; empty when nothing comes near

    // outage.json: /clients/0/timeout: found -1, expected seconds, 1e-9 to 1000000. On one line, and printable().
    std::string message() const;
    bool operator==(const InputError &) const = default;
};

// A result, or why there is none.
template <typename T> class [[nodiscard]] OrError {
public:
    OrError(T value) : m_content(std::in_place_index<0>, std::move(value)) {}
    OrError(InputError error) : m_content(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return m_content.index() == 0; }
    // Only when there is a result.
    T &operator*() { return std::get<0>(m_content); }
    const T &operator*() const { return std::get<0>(m_content); }
    T *operator->() { return &std::get<0>(m_content); }
    const T *operator->() const { return &std::get<0>(m_content); }
    // Only when there is none.
    const InputError &error() const { return std::get<1>(m_content); }

private:
    std::variant<T, InputError> m_content;
};

} // namespace resilience::io
