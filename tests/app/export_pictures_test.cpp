// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/export_pictures.h"
#include "core/io/picture/picture_session.h"
#include "core/io/scenario/session_json.h"
#include "labs/catalog.h"
#include "resources/load_resources.h"
#include "tests/register_test.h"

#include <QClipboard>
#include <QImageReader>
#include <QMimeData>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QXmlStreamReader>
#include <QtTest>

using namespace resilience;
using namespace app;
using namespace std::chrono_literals;

namespace {

const labs::Lab &lab() { return *labs::labWithId("circuit-breaker"); }

sim::Timeline playedRun(const char *scenario = "outage-and-recovery", Duration until = 30s)
{
    sim::Timeline run(lab().scenario(scenario));
    run.runTo(at(until));
    return run;
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int distinctColours(const QImage &image)
{
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 3)
        for (int x = 0; x < image.width(); x += 3)
            colours.insert(image.pixel(x, y));
    return static_cast<int>(colours.size());
}

QImage drawnSvg(const QString &path)
{
    QSvgRenderer renderer(path);
    if (!renderer.isValid())
        return {};
    QImage image(renderer.defaultSize(), QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    renderer.render(&painter);
    return image;
}

// The share of pixels that clearly differ.
double difference(const QImage &a, const QImage &b)
{
    int differing = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            differing += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y))) > 100 ? 1 : 0;
    return double(differing) / a.width() / a.height();
}

} // namespace

class ExportPicturesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_place;
    QString file(const char *name) const { return m_place.filePath(QString::fromLatin1(name)); }

private slots:
    void initTestCase()
    {
        loadResources();
        ExportOptions options;
        options.at = at(8200ms);
        options.text = ExportText::Outlined;
        const ExportResult result = exportPictures(playedRun(), lab(), options, m_place.path().toStdString());
        QCOMPARE(result.error, std::nullopt);
        QCOMPARE(result.files.size(), 15);
    }

    void makesEveryFile()
    {
        const QStringList names = QDir(m_place.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
        QStringList expected{"circuit-breaker-outage-and-recovery-lanes.csv",
                             "circuit-breaker-outage-and-recovery-latency.csv",
                             "circuit-breaker-outage-and-recovery-outcomes.csv"};
        for (const char *picture : {"stage", "stage-at-8.2s", "outcomes", "latency"})
            for (const char *suffix : {"svg", "pdf", "png"})
                expected += QStringLiteral("circuit-breaker-outage-and-recovery-%1.%2")
                                .arg(QLatin1String(picture), QLatin1String(suffix));
        expected.sort();
        QStringList found = names;
        found.sort();
        QCOMPARE(found, expected);
    }

    void svgIsSmallAndWhole_data() { pictures(); }
    void svgIsSmallAndWhole()
    {
        QFETCH(QString, name);
        const QString path = m_place.filePath(name + ".svg");
        const QByteArray bytes = bytesOf(path);
        QVERIFY2(bytes.size() < 300 * 1024, qPrintable(QString::number(bytes.size())));
        QCOMPARE(drawnSvg(path).size(), QSize(1280, 720));
        QVERIFY(!bytes.contains("<text") && !bytes.contains("font-family") && !bytes.contains("<image"));
        QVERIFY(bytes.contains("<title>Circuit breaker: "));
        QVERIFY(bytes.contains("seed 11, at "));
    }

    // What the outlines say can still be searched and read aloud.
    void svgKeepsItsWords()
    {
        const QByteArray bytes = bytesOf(file("circuit-breaker-outage-and-recovery-stage-at-8.2s.svg"));
        for (const char *words : {"CLOSED", "OPEN", "HALF-OPEN", "payment-service"})
            QVERIFY2(bytes.contains(QByteArray("aria-label=\"") + words + '"'), words);
    }

    void svgAndPngAreTheSamePicture_data() { pictures(); }
    void svgAndPngAreTheSamePicture()
    {
        QFETCH(QString, name);
        const QImage png = QImage(m_place.filePath(name + ".png")).convertToFormat(QImage::Format_ARGB32);
        QVERIFY(distinctColours(png) > 10);
        const double share = difference(png, drawnSvg(m_place.filePath(name + ".svg")));
        QVERIFY2(share < 0.01, qPrintable(QString::number(share)));
    }

    void pdfHasOnePageOfItsSize_data() { pictures(); }
    void pdfHasOnePageOfItsSize()
    {
        QFETCH(QString, name);
        const QByteArray bytes = bytesOf(m_place.filePath(name + ".pdf"));
        QVERIFY(bytes.startsWith("%PDF-1."));
        QVERIFY(bytes.trimmed().endsWith("%%EOF"));
        static const QRegularExpression page(QStringLiteral("/MediaBox \\[0 0 960(\\.0+)? 540(\\.0+)?\\]"));
        QCOMPARE(QString::fromLatin1(bytes).count(page), 1);
        QVERIFY(bytes.contains("/FontFile2")); // embedded
        QVERIFY(bytes.contains("seed 11, at "));
    }

    void everyPictureReopensItsMoment_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("position");
        for (const char *suffix : {"svg", "pdf", "png"}) {
            QTest::addRow("stage, %s", suffix)
                << QStringLiteral("circuit-breaker-outage-and-recovery-stage.%1").arg(suffix) << qint64(30000);
            QTest::addRow("at, %s", suffix)
                << QStringLiteral("circuit-breaker-outage-and-recovery-stage-at-8.2s.%1").arg(suffix) << qint64(8200);
            QTest::addRow("chart, %s", suffix)
                << QStringLiteral("circuit-breaker-outage-and-recovery-latency.%1").arg(suffix) << qint64(30000);
        }
    }
    void everyPictureReopensItsMoment()
    {
        QFETCH(QString, name);
        const auto text = io::sessionInPicture(bytesOf(m_place.filePath(name)).toStdString());
        QVERIFY(text);
        const auto session = io::readSession(*text, name.toStdString());
        QVERIFY2(session, session ? "" : session.error().message().c_str());
        QVERIFY(session->position);
        QTEST(qint64(*session->position / 1ms), "position");
        QCOMPARE(session->until, Duration(30s));
        sim::Timeline again(std::make_shared<const sim::Scenario>(session->scenario), session->seed, session->journal);
        again.runTo(at(30s));
        QCOMPARE(again.world(), playedRun().world());
    }

    void otherFilesHoldNoSession()
    {
        QVERIFY(!io::sessionInPicture(""));
        QVERIFY(!io::sessionInPicture("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"));
        const std::string png = bytesOf(file("circuit-breaker-outage-and-recovery-stage.png")).toStdString();
        QVERIFY(!io::sessionInPicture(png.substr(0, 60)));
        const QByteArray svg = bytesOf(file("circuit-breaker-outage-and-recovery-stage.svg"));
        QVERIFY(!io::sessionInPicture(svg.left(svg.indexOf("</lab:session>")).toStdString()));
    }

    void pngKnowsItsPhysicalSize_data()
    {
        QTest::addColumn<int>("dpi");
        QTest::addColumn<QSize>("pixels");
        QTest::newRow("as on a screen") << 96 << QSize(640, 360);
        QTest::newRow("twice") << 192 << QSize(1280, 720);
        QTest::newRow("print") << 300 << QSize(2000, 1125);
    }
    void pngKnowsItsPhysicalSize()
    {
        QFETCH(int, dpi);
        const QTemporaryDir place;
        ExportOptions options;
        options.formats = {ExportFormat::Png};
        options.size = {640, 360};
        options.dpi = dpi;
        QCOMPARE(exportPictures(playedRun(), lab(), options, place.path().toStdString()).files.size(), 3);
        const QImage image(place.filePath(QStringLiteral("circuit-breaker-outage-and-recovery-stage.png")));
        QTEST(image.size(), "pixels");
        QCOMPARE(qRound(image.dotsPerMeterX() * 0.0254), dpi);
        QCOMPARE(qRound(image.dotsPerMeterY() * 0.0254), dpi);
        QVERIFY(image.text(QStringLiteral("Description")).contains(QStringLiteral("seed 11, at 30 s")));
    }

    void groundMayBeLeftOut()
    {
        const QTemporaryDir place;
        ExportOptions options;
        options.formats = {ExportFormat::Png};
        options.ground = false;
        exportPictures(playedRun(), lab(), options, place.path().toStdString());
        QCOMPARE(QImage(place.filePath(QStringLiteral("circuit-breaker-outage-and-recovery-stage.png")))
                     .pixelColor(1, 1)
                     .alpha(),
                 0);
        QCOMPARE(QImage(file("circuit-breaker-outage-and-recovery-stage.png")).pixelColor(1, 1), QColor(Qt::white));
    }

    void whatIsThereIsNotReplacedWithoutAWord()
    {
        const QTemporaryDir place;
        ExportOptions options;
        options.formats = {ExportFormat::Csv};
        const QStringList files = exportPictures(playedRun(), lab(), options, place.path().toStdString()).files;
        QCOMPARE(files.size(), 3);
        QFile first(files.front());
        QVERIFY(first.open(QIODevice::WriteOnly) && first.write("mine") == 4);
        first.close();
        const ExportResult refused = exportPictures(playedRun(), lab(), options, place.path().toStdString());
        QVERIFY(refused.error);
        QCOMPARE(refused.existing, files);
        QCOMPARE(bytesOf(files.front()), QByteArray("mine"));
        options.overwrite = true;
        QCOMPARE(exportPictures(playedRun(), lab(), options, place.path().toStdString()).error, std::nullopt);
        QVERIFY(bytesOf(files.front()) != "mine");
    }

    // Found before anything is painted: even a picture that could not be.
    void whatIsThereIsFoundFirst()
    {
        const QTemporaryDir place;
        ExportOptions options;
        options.formats = {ExportFormat::Png};
        options.size = {ExportOptions::kMost, ExportOptions::kMost};
        options.dpi = ExportOptions::kMostDpi;
        QFile mine(place.filePath(QStringLiteral("circuit-breaker-outage-and-recovery-stage.png")));
        QVERIFY(mine.open(QIODevice::WriteOnly));
        QCOMPARE(exportPictures(playedRun(), lab(), options, place.path().toStdString()).existing,
                 QStringList{mine.fileName()});
    }

    // Words that can be edited and searched, with fonts to fall back on, in the place they have on the screen.
    void liveTextStaysText()
    {
        const QTemporaryDir place;
        ExportOptions options;
        options.formats = {ExportFormat::Svg};
        exportPictures(playedRun(), lab(), options, place.path().toStdString());
        const QByteArray bytes =
            bytesOf(place.filePath(QStringLiteral("circuit-breaker-outage-and-recovery-outcomes.svg")));
        QVERIFY(bytes.contains(">Circuit breaker: Outage and recovery</text>"));
        QVERIFY(bytes.contains(">simulated time</text>"));
        QVERIFY(bytes.contains(">calls that ended, each "));
        QVERIFY(bytes.contains("sans-serif") && bytes.contains("textLength"));
        QVERIFY(!bytes.contains("aria-label"));
    }

    // Of every step, and at the back of a hall: no word is smaller than 1.5 % of the slide.
    void noWordIsTooSmallForASlide()
    {
        const QTemporaryDir place;
        ExportOptions options;
        options.formats = {ExportFormat::Svg};
        const QRegularExpression size(QStringLiteral("font-size=\"([0-9.]+)"));
        int words = 0;
        for (const labs::Lab &step : labs::catalog()) {
            sim::Timeline run(step.scenarios.front());
            run.runTo(at(run.scenario().until));
            exportPictures(run, step, options, place.path().toStdString());
        }
        for (const QString &name : QDir(place.path()).entryList({"*.svg"}, QDir::Files)) {
            const QString svg = QString::fromUtf8(bytesOf(place.filePath(name)));
            for (auto found = size.globalMatch(svg); found.hasNext(); ++words) {
                const double pixels = found.next().captured(1).toDouble();
                QVERIFY2(pixels >= 0.015 * options.size.height(), qPrintable(name + QString::number(pixels)));
            }
        }
        QVERIFY(words > 500);
    }

    void themesDiffer()
    {
        const QTemporaryDir place;
        ExportOptions options;
        options.formats = {ExportFormat::Png};
        options.theme = widgets::ThemeKind::Dark;
        exportPictures(playedRun(), lab(), options, place.path().toStdString());
        const QColor corner =
            QImage(place.filePath(QStringLiteral("circuit-breaker-outage-and-recovery-stage.png"))).pixelColor(1, 1);
        QVERIFY2(corner.lightness() < 60, qPrintable(corner.name()));
    }

    void tablesNameTheirUnits()
    {
        const auto header = [&](const char *name) {
            return bytesOf(file(name)).split('\n').front().trimmed().split(',');
        };
        QCOMPARE(header("circuit-breaker-outage-and-recovery-outcomes.csv").mid(0, 3),
                 QList<QByteArray>({"time_s", "bin_s", "succeeded"}));
        QVERIFY(header("circuit-breaker-outage-and-recovery-latency.csv").contains("latency_mean_s"));
        QCOMPARE(header("circuit-breaker-outage-and-recovery-lanes.csv").mid(0, 2),
                 QList<QByteArray>({"from_s", "to_s"}));
        QVERIFY(bytesOf(file("circuit-breaker-outage-and-recovery-lanes.csv"))
                    .contains("5,13,fault,payment-service,outage"));
    }

    // The same run gives the same bytes; a PDF tells when it was made, so that one differs there.
    void sameRunSameBytes()
    {
        const QTemporaryDir place;
        ExportOptions options;
        options.at = at(8200ms);
        options.text = ExportText::Outlined;
        exportPictures(playedRun(), lab(), options, place.path().toStdString());
        for (const QString &name : QDir(place.path()).entryList({"*.svg", "*.png", "*.csv"}, QDir::Files))
            QVERIFY2(bytesOf(place.filePath(name)) == bytesOf(m_place.filePath(name)), qPrintable(name));
    }

    void everyScenarioStaysSmall()
    {
        for (const auto &scenario : lab().scenarios) {
            const QTemporaryDir place;
            ExportOptions options;
            options.formats = {ExportFormat::Svg};
            const auto run = playedRun(scenario->name.c_str(), scenario->until);
            for (const QString &path : exportPictures(run, lab(), options, place.path().toStdString()).files)
                QVERIFY2(QFileInfo(path).size() < 300 * 1024,
                         qPrintable(QString::fromStdString(scenario->name) + path));
        }
    }

    void tooLargeIsSaidAndWritesNothing()
    {
        const QTemporaryDir place;
        ExportOptions options;
        options.size = {8192, 8192};
        options.dpi = 1200;
        const ExportResult result =
            exportPictures(playedRun(), lab(), options, place.filePath(QStringLiteral("new")).toStdString());
        QVERIFY(result.error);
        QVERIFY(!result.badFolder);
        QCOMPARE(QDir(place.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
    }

    void clipboardHasPixelsAndVectors()
    {
        const auto data = stageForClipboard(playedRun(), lab(), {});
        QVERIFY(data);
        QCOMPARE(data->imageData().value<QImage>().size(), QSize(1280, 720));
        QVERIFY(QSvgRenderer(data->data(QStringLiteral("image/svg+xml"))).isValid());
    }

private:
    static void pictures()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"stage", "stage-at-8.2s", "outcomes", "latency"})
            QTest::newRow(name) << QStringLiteral("circuit-breaker-outage-and-recovery-%1").arg(QLatin1String(name));
    }
};
REGISTER_TEST(ExportPicturesTest)

#include "export_pictures_test.moc"
