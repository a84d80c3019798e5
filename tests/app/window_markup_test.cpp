// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/labels.h"
#include "app/run/run_file.h"
#include "tests/app/window_under_test.h"
#include "tests/files.h"
#include "tests/register_test.h"

#include <QAbstractButton>
#include <QLabel>
#include <QTextDocument>
#include <QtTest>

// What a file says is shown as it stands, never obeyed.
class WindowMarkupTest : public QObject {
    Q_OBJECT

    static constexpr const char *kMarkup = "<b>bold</b><img src=\"x.png\"> &amp; %1 [*]";

private slots:
    void noLabelObeysATitle()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath("m.json");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QByteArray words = '"' + QByteArray(kMarkup).replace('"', "\\\"") + '"';
        file.write(R"({"format":"resilience-lab/scenario/1","step":"circuit-breaker","name":"m","title":)" + words
                   + R"(,"description":)" + words + R"(,"services":[{"name":"s"}],"clients":[{"name":"c"}]})");
        file.close();
        tests::WindowUnderTest t;
        auto opened = app::readRun(path);
        QVERIFY2(opened, opened ? "" : opened.error().message().c_str());
        t.session().openRun(*opened->lab, std::move(opened->run));
        int shown = 0;
        for (const QLabel *label : t.window().findChildren<QLabel *>()) {
            if (!label->text().contains(QLatin1String(kMarkup)))
                continue;
            ++shown;
            QCOMPARE(label->textFormat(), Qt::PlainText);
        }
        QVERIFY(shown > 0);
        for (const QWidget *widget : t.window().findChildren<QWidget *>())
            QVERIFY2(!Qt::mightBeRichText(widget->toolTip()) || !widget->toolTip().contains("bold"),
                     qPrintable(widget->toolTip()));
    }

    void tooltipsAreTakenAsText_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"plain", "a < b", kMarkup, "<script>alert(1)</script>", "<html>x", "&lt;b&gt;"})
            QTest::newRow(text) << text;
    }
    void tooltipsAreTakenAsText()
    {
        QFETCH(QString, text);
        const QString tip = app::plainToolTip(text);
        QTextDocument shown;
        if (Qt::mightBeRichText(tip))
            shown.setHtml(tip);
        else
            shown.setPlainText(tip);
        QCOMPARE(shown.toPlainText(), text);
    }
};

REGISTER_TEST(WindowMarkupTest)
#include "window_markup_test.moc"
