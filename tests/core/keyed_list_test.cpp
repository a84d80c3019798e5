// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keyed_list.h"
#include "tests/pick.h"
#include "tests/register_test.h"

#include <QtTest>
#include <map>
#include <rapidcheck.h>

using resilience::KeyedList;

namespace {

struct Numbered {
    uint64_t key = 0;
    int what = 0;
    bool operator==(const Numbered &) const = default;
};

} // namespace

class KeyedListTest : public QObject {
    Q_OBJECT
private slots:
    // Whatever is added, erased, found and gone over: as a map has it.
    void isLikeAMap()
    {
        QVERIFY(rc::check([] {
            KeyedList<Numbered> list;
            std::map<uint64_t, int> map;
            uint64_t key = 0;
            for (int i = 0; i < 400; ++i) {
                const int what = tests::pick(0, 9);
                if (what < 4 || map.empty()) {
                    key += uint64_t(tests::pick(1, 3));
                    list.add({key, i});
                    map[key] = i;
                } else if (what < 9) {
                    // The oldest, or any; once in a while one that is not there.
                    uint64_t gone = map.begin()->first;
                    if (what < 7)
                        gone = uint64_t(tests::pick(0, int(key) + 2));
                    RC_ASSERT(list.erase(gone) == (map.erase(gone) > 0));
                } else {
                    const auto wanted = uint64_t(tests::pick(0, int(key) + 2));
                    const auto found = map.find(wanted);
                    const Numbered *entry = list.find(wanted);
                    RC_ASSERT((entry != nullptr) == (found != map.end()));
                    RC_ASSERT(!entry || (entry->key == wanted && entry->what == found->second));
                    RC_ASSERT(std::as_const(list).find(wanted) == entry);
                }
                RC_ASSERT(list.size() == map.size() && list.empty() == map.empty());
            }
            auto expected = map.begin();
            KeyedList<Numbered> fresh;
            for (const Numbered &entry : list) {
                RC_ASSERT(entry.key == expected->first && entry.what == expected->second);
                fresh.add(entry);
                ++expected;
            }
            RC_ASSERT(expected == map.end());
            RC_ASSERT(list == fresh); // gaps make no difference
        }));
    }

    void memoryFollowsWhatIsThere()
    {
        KeyedList<Numbered> list;
        list.add({1, 1}); // stays for ever
        for (uint64_t key = 2; key < 1'000'000; ++key) {
            list.add({key, 0});
            if (key > 100)
                QVERIFY(list.erase(key - 99));
        }
        QCOMPARE(list.size(), size_t(100));
        QVERIFY(list.bytes() <= 300 * sizeof(Numbered));
    }
};

REGISTER_TEST(KeyedListTest)
#include "keyed_list_test.moc"
