// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/register_test.h"

#include <QtTest>

// The net itself is tested: a Qt warning anywhere in a test binary must fail it, whatever the Qt version.
class WarningsTest : public QObject {
    Q_OBJECT
private slots:
    void aWarningFailsTheRun_data()
    {
        QTest::addColumn<QString>("only");
        QTest::addColumn<int>("exitCode");
        QTest::addRow("none, or announced") << "QuietProbe" << 0;
        QTest::addRow("inside a test") << "InsideProbe" << 1;
        QTest::addRow("critical") << "CriticalProbe" << 1;
        QTest::addRow("in cleanupTestCase") << "AroundProbe" << 1;
        QTest::addRow("between two classes") << "BetweenProbe" << 1;
        QTest::addRow("a failing test") << "FailingProbe" << 1;
        QTest::addRow("no such class") << "NoProbe" << 1;
    }
    void aWarningFailsTheRun()
    {
        QFETCH(QString, only);
        QProcess probe;
        probe.start(QStringLiteral(WARNING_PROBE), {QStringLiteral("--only"), only});
        QVERIFY(probe.waitForFinished());
        QCOMPARE(probe.exitStatus(), QProcess::NormalExit);
        QTEST(probe.exitCode(), "exitCode");
    }
};
REGISTER_TEST(WarningsTest)

#include "warnings_test.moc"
