// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json/text_file.h"
#include "core/io/picture/inflate.h"
#include "core/io/picture/picture_session.h"
#include "tests/io/sample_pictures.h"
#include "tests/register_test.h"

#include <QtTest>

using namespace resilience::io;
using namespace tests;

// Sessions in pictures: as Qt and libpng write them, damaged, and made to take time or memory.
class PictureSessionTest : public QObject {
    Q_OBJECT

    static constexpr const char *kSession = R"({"format":"x","title":"a < b & ü"})";

private slots:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("session");
        const auto row = [](const char *title, const QByteArray &file, const QByteArray &session = kSession) {
            QTest::newRow(title) << file << session;
        };
        const QByteArray latin1 = QString::fromUtf8(kSession).toLatin1();
        const QByteArray key = kSessionTextKey;
        row("tEXt", png({{"tEXt", key + '\0' + latin1}}));
        row("zTXt", png({{"zTXt", key + '\0' + '\0' + zlib(latin1)}}));
        row("iTXt", png({{"iTXt", key + QByteArray(5, '\0') + kSession}}));
        row("iTXt, packed",
            png({{"iTXt", key + '\0' + "\1" + '\0' + "en" + '\0' + "Sitzung" + '\0' + zlib(kSession)}}));
        row("after others",
            png({{"tEXt", QByteArray("Title\0x", 7)}, {"IDAT", "no picture"}, {"tEXt", key + '\0' + latin1}}));
        row("an unknown chunk", png({{"abCd", ""}, {"tEXt", key + '\0' + "{}"}}), "{}");
        row("an element", svg("{&quot;a&quot;:&lt;&gt;&amp;&#9;&#x41;ü}"), "{\"a\":<>&\tAü}");
        row("in the middle of anything", "\xff\xfe%PDF\0" + svg("{}") + "\0\0", "{}");
        row("as much as may be", svg(QByteArray(kMaxFileBytes, ' ')), QByteArray(kMaxFileBytes, ' '));
        row("as much as may be, packed", png({{"zTXt", key + '\0' + '\0' + zlib(QByteArray(kMaxFileBytes, ' '))}}),
            QByteArray(kMaxFileBytes, ' '));
    }
    void reads()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, session);
        const auto found = sessionInPicture(file.toStdString());
        QVERIFY(found);
        QVERIFY(*found == session.toStdString());
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("file");
        const auto row = [](const char *title, const QByteArray &file) { QTest::newRow(title) << file; };
        const QByteArray key = kSessionTextKey;
        const QByteArray good = png({{"tEXt", key + '\0' + "{}"}});
        row("nothing", "");
        row("a signature", good.left(8));
        row("cut in the text", good.left(good.indexOf(key) + 24));
        row("a sum that is wrong", QByteArray(good).replace("{}", "[]"));
        row("a length beyond the end", QByteArray(good).replace(8, 4, "\xff\xff\xff\xff"));
        row("another key", png({{"tEXt", key + "2" + '\0' + "{}"}}));
        row("no end of the key", png({{"tEXt", key}}));
        row("no method", png({{"zTXt", key + '\0'}}));
        row("another method", png({{"zTXt", key + '\0' + "\1" + zlib("{}")}}));
        row("no zlib", png({{"zTXt", key + '\0' + '\0' + "garbage"}}));
        row("zlib cut short", png({{"zTXt", key + '\0' + '\0' + zlib("{\"a\":1}").chopped(5)}}));
        row("zlib of other text", png({{"zTXt", key + '\0' + '\0' + zlib("{\"a\":1}").chopped(1) + "x"}}));
        row("iTXt without its parts", png({{"iTXt", key + '\0' + "\1"}}));
        row("iTXt, flag 2", png({{"iTXt", key + '\0' + "\2" + QByteArray(3, '\0') + "{}"}}));
        row("one byte too many", png({{"tEXt", key + '\0' + QByteArray(kMaxFileBytes + 1, ' ')}}));
        row("one byte too many, packed", png({{"zTXt", key + '\0' + '\0' + zlib(QByteArray(kMaxFileBytes + 1, ' '))}}));
        row("30 MB in 30 kB", png({{"zTXt", key + '\0' + '\0' + zlib(QByteArray(30'000'000, ' '))}}));
        row("no closing", svg("{}").chopped(20));
        row("one byte too many in an element", svg(QByteArray(kMaxFileBytes + 1, ' ')));
        row("20 MB of entities", svg(QByteArray("&amp;").repeated(4'000'000)));
        row("20 MB of elements", svg(QByteArray("<a>").repeated(7'000'000)));
        row("20 MB of openings", QByteArray(kSessionElementOpening).repeated(400'000));
        row("an entity of its own", svg("&lab;"));
        row("an entity without end", svg("&amp"));
        row("a character that is no character", svg("&#0;"));
        row("a comment", svg("{<!-- -->}"));
    }
    // At once, too: the work is bounded by what may be in there, not by what is.
    void refuses()
    {
        QFETCH(QByteArray, file);
        QElapsedTimer clock;
        clock.start();
        QVERIFY(!sessionInPicture(file.toStdString()));
        QVERIFY2(clock.elapsed() < 500, qPrintable(QString::number(clock.elapsed())));
    }

    // Each byte changed, each length cut: an answer that is right or none, never another session.
    void damaged()
    {
        const QByteArray text = R"({"format":"resilience-lab/session/1","seed":11,"until":30,"journal":[{},{},{}]})";
        const QByteArray good = png({{"zTXt", QByteArray(kSessionTextKey) + '\0' + '\0' + zlib(text)}});
        for (qsizetype i = 0; i < good.size(); ++i) {
            for (const char change : {'\x01', '\x80', '\xff'}) {
                QByteArray bad = good;
                bad[i] = static_cast<char>(bad[i] ^ change);
                const auto found = sessionInPicture(bad.toStdString());
                QVERIFY(!found || *found == text.toStdString());
            }
            const auto cut = sessionInPicture(good.left(i).toStdString());
            QVERIFY(!cut || *cut == text.toStdString());
        }
    }

    // Stored, fixed and dynamic blocks, short and far repeats: all that zlib makes of these.
    void inflatesWhatZlibPacks_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("one") << QByteArray("a");
        QTest::newRow("runs") << QByteArray(100'000, 'a');
        QByteArray all;
        for (int i = 0; i < 256; ++i)
            all += static_cast<char>(i);
        QTest::newRow("all bytes") << all;
        QTest::newRow("far") << all + QByteArray(32'000, 'z') + all + all;
        QByteArray noise(200'000, '\0');
        uint32_t state = 7;
        for (char &c : noise)
            c = static_cast<char>((state = state * 1664525U + 1013904223U) >> 24U);
        QTest::newRow("noise") << noise;
    }
    void inflatesWhatZlibPacks()
    {
        QFETCH(QByteArray, text);
        for (const int level : {0, 1, 6, 9}) {
            const std::string packed = zlib(text, level).toStdString();
            const auto whole = inflated(packed, static_cast<size_t>(text.size()));
            QVERIFY(whole);
            QVERIFY(*whole == text.toStdString());
            if (!text.isEmpty())
                QVERIFY(!inflated(packed, static_cast<size_t>(text.size()) - 1));
        }
    }
};

REGISTER_TEST(PictureSessionTest)
#include "picture_session_test.moc"
