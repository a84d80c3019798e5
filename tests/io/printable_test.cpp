// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json/input_error.h"
#include "core/io/json/printable.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience::io;

class PrintableTest : public QObject {
    Q_OBJECT
private slots:
    void writesOutWhatIsObeyed_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const char *title, const QByteArray &text, const QByteArray &shown) {
            QTest::newRow(title) << text << shown;
        };
        const auto stays = [&](const char *title, const QByteArray &text) { row(title, text, text); };
        stays("nothing", "");
        stays("a path", "./My runs/a\"b\\c%1.json");
        stays("words of many languages", "Grün, 中文, עברית, العربية, 🙂");
        stays("joiners", "👩\xe2\x80\x8d🔬");
        stays("markup", "<b>&amp;</b>");
        row("line ends", "a\nb\r\tc", "a\\nb\\r\\tc");
        row("a terminal's colours", "\x1b[31mred", "\\u001b[31mred");
        row("a zero", QByteArray("a\0b", 3), "a\\u0000b");
        row("DEL and C1", "\x7f\xc2\x9b", "\\u007f\\u009b");
        stays("after C1", "\xc2\xa0");
        row("turned around",
            "\xe2\x80\xae"
            "fdp.exe",
            "\\u202efdp.exe");
        row("isolates", "\xe2\x81\xa6\xe2\x81\xa9", "\\u2066\\u2069");
        row("marks", "\xd8\x9c\xe2\x80\x8f", "\\u061c\\u200f");
        row("separators", "\xe2\x80\xa8\xe2\x80\xa9", "\\u2028\\u2029");
        row("no characters", "\xef\xbb\xbf\xef\xbf\xbf", "\\ufeff\\uffff");
        row("no UTF-8", "\xff\xfe.json", "\\xff\\xfe.json");
        row("cut short", "\xe2\x80", "\\xe2\\x80");
        row("too long a form", "\xc0\xaf\xe0\x80\x80", "\\xc0\\xaf\\xe0\\x80\\x80");
        row("a surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80");
        row("beyond Unicode", "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
        stays("the last character", "\xf4\x8f\xbf\xbd");
    }
    void writesOutWhatIsObeyed()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, shown);
        QCOMPARE(QByteArray::fromStdString(printable(text.toStdString())), shown);
        QCOMPARE(QByteArray::fromStdString(printable(shown.toStdString())), shown);
    }

    // Whatever a message is about, and wherever it says so.
    void messagesAreOneLine()
    {
        const std::string bad = "a\n\x1b\xff";
        const std::string good = R"(a\n\u001b\xff)";
        const InputError error{bad, bad, bad, bad, bad};
        QCOMPARE(error.message(),
                 good + ": " + good + ": found " + good + ", expected " + good + "; did you mean \"" + good + "\"?");
    }
};

REGISTER_TEST(PrintableTest)
#include "printable_test.moc"
