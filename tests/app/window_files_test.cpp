// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/command_line.h"
#include "app/export/export_pictures.h"
#include "app/run/prepared_run.h"
#include "core/sim/world/knobs.h"
#include "tests/app/window_under_test.h"
#include "tests/register_test.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMessageBox>
#include <QMimeData>
#include <QtTest>

using namespace resilience;
using namespace std::chrono_literals;
using tests::WindowUnderTest;

// Files that come and go: sessions, pictures, and what is no such thing.
class WindowFilesTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString write(const char *name, const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qWarning("cannot write %s", name);
        return file.fileName();
    }

    // Said by the offscreen platform of every dialog of a fixed size.
    static void expectDialog()
    {
        QTest::ignoreMessage(QtWarningMsg, "This plugin does not support propagateSizeHints()");
    }

    static void drop(WindowUnderTest &t, const QString &path)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&t.window(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&t.window(), &event);
    }

private slots:
    // What was set before anything was played is work, too.
    void aRunThatWasNotPlayedYetIsKept()
    {
        const QString path = m_folder.filePath(QStringLiteral("unplayed.json"));
        WindowUnderTest t;
        QVERIFY(!t.session().intervene(sim::TurnKnob{*sim::knobNamed("failure_threshold"), 7}));
        QCOMPARE(t.session().timeline().frontier(), kTimeZero);
        QVERIFY(t.window().files().save(path));
        WindowUnderTest other;
        QVERIFY(other.window().files().open(path));
        QVERIFY(other.session().timeline().journal() == t.session().timeline().journal());
        QVERIFY(other.world() == t.world());
        QCOMPARE(other.session().now(), kTimeZero);
    }

    void aBadFileIsToldAndChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("name");
        QTest::newRow("not JSON") << QByteArray("{\"format\":") << "broken.json";
        QTest::newRow("no format") << QByteArray("{}") << "empty.json";
        QTest::newRow("unknown key") << QByteArray(
            R"({"format":"resilience-lab/scenario/1","step":"circuit-breaker","nmae":"x"})")
                                     << "key.json";
        QTest::newRow("unknown step") << QByteArray(
            R"({"format":"resilience-lab/scenario/1","step":"circut-breaker","name":"x"})")
                                      << "step.json";
        QTest::newRow("too large") << QByteArray(2 * 1024 * 1024, ' ') << "large.json";
    }

    void aBadFileIsToldAndChangesNothing()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, name);
        const QString path = write(qPrintable(name), bytes);
        WindowUnderTest t;
        t.key(Qt::Key_Space);
        t.play(1000);
        const sim::World before = t.world();
        expectDialog();
        drop(t, path);
        const auto *box = t.window().findChild<QMessageBox *>("failure");
        QVERIFY(box);
        const auto told = app::prepareFile(path.toStdString());
        QVERIFY(!told);
        QCOMPARE(box->text(), QString::fromStdString(told.error().message()));
        QVERIFY(t.world() == before);
        QVERIFY(t.session().playing());
    }

    void aPictureWithoutASessionIsTold()
    {
        const QString path = write("plain.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        WindowUnderTest t;
        expectDialog();
        QVERIFY(!t.window().files().open(path));
        QVERIFY(t.window().findChild<QMessageBox *>("failure")->text().contains("plain.svg"));
    }

    void aSavedSessionReopensAtItsMoment()
    {
        WindowUnderTest t;
        t.click("fault-outage");
        t.session().seek(at(12s));
        t.session().seek(at(7s));
        const sim::World saved = t.world();
        const QString path = m_folder.filePath("saved.json");
        QVERIFY(t.window().files().save(path));

        WindowUnderTest other;
        drop(other, path);
        QVERIFY(other.world() == saved);
        QCOMPARE(other.session().timeline().frontier(), at(12s));
        QVERIFY(!other.session().playing());
    }

    void anExportedPictureReopensTheVeryMoment_data()
    {
        QTest::addColumn<int>("format");
        QTest::newRow("svg") << int(app::ExportFormat::Svg);
        QTest::newRow("pdf") << int(app::ExportFormat::Pdf);
        QTest::newRow("png") << int(app::ExportFormat::Png);
    }

    void anExportedPictureReopensTheVeryMoment()
    {
        QFETCH(int, format);
        WindowUnderTest t;
        t.click("fault-outage");
        t.window().action("until-0")->trigger();
        const auto fingerprint = t.world().fingerprint();
        app::ExportOptions options;
        options.formats = {app::ExportFormat(format)};
        const auto result = app::exportPictures(t.session().timeline(), t.session().lab(), options,
                                                m_folder.filePath("out").toStdString());
        QVERIFY2(!result.error, qPrintable(result.error.value_or(QString())));

        WindowUnderTest other;
        drop(other, result.files.first());
        QVERIFY(!other.window().findChild<QMessageBox *>("failure"));
        QCOMPARE(other.session().now(), t.session().now());
        QVERIFY(other.world().fingerprint() == fingerprint);
    }

    void aPictureOpensFromTheCommandLineToo()
    {
        WindowUnderTest t;
        t.session().seek(at(7s));
        app::ExportOptions options;
        options.formats = {app::ExportFormat::Png};
        const auto result = app::exportPictures(t.session().timeline(), t.session().lab(), options,
                                                m_folder.filePath("lone").toStdString());
        const std::vector<std::string> words{result.files.first().toStdString()};
        const auto request = app::parseCommandLine(words);
        QVERIFY2(request, request ? "" : request.error().message().c_str());
        const auto *window = std::get_if<app::WindowRequest>(&*request);
        QVERIFY(window && window->run);
        QCOMPARE(window->run->session.position.value(), Duration(7s));
    }

    void replacingIsAskedFor()
    {
        WindowUnderTest t;
        app::ExportOptions options;
        options.formats = {app::ExportFormat::Csv};
        const QString folder = m_folder.filePath("twice");
        expectDialog();
        QVERIFY(t.window().files().exportTo(folder, options));
        QFile table(QDir(folder).filePath(QDir(folder).entryList({"*-outcomes.csv"}).value(0)));
        QVERIFY(table.open(QIODevice::WriteOnly) && table.write("mine") == 4);
        table.close();
        expectDialog();
        QVERIFY(!t.window().files().exportTo(folder, options));
        auto *box = t.window().findChild<QMessageBox *>("replace");
        QVERIFY(box && box->text().contains(folder));
        QCOMPARE(table.size(), qint64(4));
        expectDialog();
        box->findChild<QAbstractButton *>("replace-button")->click();
        QVERIFY(table.size() > 4);
    }

    void aChartIsCopiedAsPictureAndAsData()
    {
        WindowUnderTest t;
        t.session().seek(at(12s));
        t.window().files().copyChart(*sim::chartNamed("outcomes"));
        const QMimeData *copied = QGuiApplication::clipboard()->mimeData();
        QVERIFY(copied->hasImage() && copied->hasFormat(QStringLiteral("image/svg+xml")));
        t.window().files().copyChartData(*sim::chartNamed("outcomes"));
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QLatin1String("time_s,bin_s,succeeded")));
    }

    void savingWhereNothingCanBeWrittenIsTold()
    {
        WindowUnderTest t;
        expectDialog();
        QVERIFY(!t.window().files().save(m_folder.filePath("no/such/folder/x.json")));
        QVERIFY(t.window().findChild<QMessageBox *>("failure"));
    }
};

REGISTER_TEST(WindowFilesTest)
#include "window_files_test.moc"
