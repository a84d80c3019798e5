// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"

#include <QtTest>

// One class per place where a warning must be noticed; each passes all its tests.
class QuietProbe : public QObject {
    Q_OBJECT
private slots:
    void saysNothing() {}
    void saysWhatWasAnnounced()
    {
        QTest::ignoreMessage(QtWarningMsg, "announced");
        qWarning("announced");
    }
};
REGISTER_TEST(QuietProbe)

class InsideProbe : public QObject {
    Q_OBJECT
private slots:
    void warns() { qWarning("inside a test"); }
};
REGISTER_TEST(InsideProbe)

class CriticalProbe : public QObject {
    Q_OBJECT
private slots:
    void warns() { qCritical("critical, inside a test"); }
};
REGISTER_TEST(CriticalProbe)

class AroundProbe : public QObject {
    Q_OBJECT
private slots:
    void cleanupTestCase() { qWarning("after the last test"); }
    void saysNothing() {}
};
REGISTER_TEST(AroundProbe)

class BetweenProbe : public QObject {
    Q_OBJECT
public:
    ~BetweenProbe() override { qWarning("when the class is gone"); }
private slots:
    void saysNothing() {}
};
REGISTER_TEST(BetweenProbe)

class FailingProbe : public QObject {
    Q_OBJECT
private slots:
    void fails() { QFAIL("on purpose"); }
};
REGISTER_TEST(FailingProbe)

#include "warning_probe.moc"
