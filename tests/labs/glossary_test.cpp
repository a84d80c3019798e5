// SPDX-License-Identifier: GPL-3.0-or-later
#include "labs/catalog.h"
#include "labs/kit/glossary.h"
#include "tests/register_test.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace resilience::labs;

class GlossaryTest : public QObject {
    Q_OBJECT
private slots:
    void eachStepHasItsWordsInOrder()
    {
        std::set<std::string> all;
        for (const Lab &lab : catalog()) {
            const std::vector<Term> terms = glossaryOf(lab);
            QVERIFY2(terms.size() >= 3, lab.id.c_str());
            QVERIFY(std::is_sorted(terms.begin(), terms.end(),
                                   [](const Term &a, const Term &b) { return a.word < b.word; }));
            for (const Term &term : terms) {
                QVERIFY2(term.meaning.size() > 20 && term.meaning.back() == '.', term.word.c_str());
                all.insert(term.word);
            }
        }
        for (const char *word : {"p50, p99", "goodput", "quorum", "idempotent", "fencing token", "jitter", "backoff",
                                 "half-open", "amplification", "metastable", "liveness", "readiness", "lease"})
            QVERIFY2(all.count(word) == 1, word);
    }
};

REGISTER_TEST(GlossaryTest)
#include "glossary_test.moc"
