// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/load_resources.h"
#include "tests/register_test.h"
#include "tests/widgets/stage_samples.h"
#include "widgets/stage/stage_bar.h"
#include "widgets/stage/stage_box.h"
#include "widgets/stage/stage_dots.h"
#include "widgets/stage/stage_figure.h"
#include "widgets/stage/stage_header.h"
#include "widgets/stage/stage_pile.h"

#include <QtTest>

using namespace widgets;
using resilience::sim::FaultKind;
using resilience::sim::Leg;
using resilience::sim::Request;
using resilience::sim::RequestOutcome;
using std::chrono::milliseconds;

// The parts that all stages are made of.
class StagePiecesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { loadResources(); }

    void boxesSayWhatIsWrong()
    {
        auto snapshot = samples::closedAndWell();
        const StageBoxWords well = boxWords(snapshot.services[0]);
        QCOMPARE(well.role, BoxRole::Plain);
        QCOMPARE(well.detail.front(), QStringLiteral("answers in 0.2 s"));
        snapshot.services[0].faults[size_t(FaultKind::Latency)] = 2.0;
        snapshot.services[0].faults[size_t(FaultKind::Outage)] = 1.0;
        const StageBoxWords broken = boxWords(snapshot.services[0]);
        QCOMPARE(broken.role, BoxRole::Failed);
        QCOMPARE(broken.detail, (QStringList{"OUTAGE · +2 s", "OUTAGE +1", "OUTAGE"}));
        const Theme theme = Theme::light();
        const StageBox narrow = layoutStageBox(broken, theme, {0, 0, 80, 60}, 14);
        QCOMPARE(narrow.detail.text, QStringLiteral("OUTAGE +1"));
        QVERIFY(narrow.rect.contains(narrow.name.rect) && narrow.rect.contains(narrow.detail.rect));
        QVERIFY(narrow.rect.contains(narrow.row));
        QVERIFY(narrow.row.top() >= narrow.detail.rect.bottom());
    }

    // In every role and every theme the words of a box can be read on it.
    void rolesCanBeRead()
    {
        for (const Theme &theme : {Theme::light(), Theme::dark(), Theme::lecture()})
            for (BoxRole role : {BoxRole::Plain, BoxRole::Failed, BoxRole::Succeeded, BoxRole::Waiting, BoxRole::Trial,
                                 BoxRole::InFlight, BoxRole::Quiet}) {
                const BoxColors colors = boxColors(role, theme);
                QVERIFY(contrastRatio(colors.name, colors.fill) >= 4.5);
                QVERIFY(contrastRatio(colors.detail, colors.fill) >= 4.5);
                QVERIFY(contrastRatio(colors.line, theme.card) >= 3);
            }
    }

    void dotsFlyStraight()
    {
        Request request{.leg = Leg::Outbound,
                        .legStart = resilience::at(milliseconds{100}),
                        .legEnd = resilience::at(milliseconds{300})};
        const QPointF client(10, 20);
        const QPointF service(110, 220);
        QCOMPARE(legPlace(request, request.legStart, client, service), client);
        QCOMPARE(legPlace(request, resilience::at(milliseconds{200}), client, service), QPointF(60, 120));
        QCOMPARE(legPlace(request, request.legEnd, client, service), service);
        request.leg = Leg::Inbound;
        QCOMPARE(legPlace(request, resilience::at(milliseconds{150}), client, service), QPointF(85, 170));
        QCOMPARE(flightLook(request), FlightLook::Back);
        request.failed = true;
        QCOMPARE(flightLook(request), FlightLook::BackFailed);
        request.abandoned = true;
        QCOMPARE(flightLook(request), FlightLook::Abandoned);
        request.leg = Leg::Lost;
        request.legEnd = resilience::kTimeMax;
        QCOMPARE(legPlace(request, resilience::at(milliseconds{900}), client, service), service);
    }

    void servedCallsStayInTheirRow()
    {
        const Theme theme = Theme::light();
        const QRectF row(100, 50, 90, 14);
        for (size_t count : {0, 1, 5, 6, 40}) {
            std::vector<StageDot> served(count);
            const StageLabel hidden = placeServed(served, row, 5.5, 4, theme);
            for (const StageDot &dot : served)
                QVERIFY(row.contains(areaAround(dot.at, dot.radius)));
            QCOMPARE(hidden.text.isEmpty(), served.size() == count);
            if (!hidden.text.isEmpty()) {
                QCOMPARE(hidden.text, QStringLiteral("+%1").arg(count - served.size()));
                QVERIFY(hidden.rect.left() >= served.back().at.x() + served.back().radius);
            }
        }
    }

    void glyphsStandForEvents()
    {
        const Theme theme = Theme::light();
        const StageGlyph glyph = stageGlyph(RequestOutcome::TimedOut, {50, 50}, 8, 17, 3, theme);
        QCOMPARE(glyph.badge.text, QStringLiteral("3"));
        QVERIFY(glyph.badge.rect.bottom() <= 50 - 8);
        QCOMPARE(glyph.hit(theme).standsFor(), uint64_t(17));
        QVERIFY(stageGlyph(RequestOutcome::Failed, {0, 0}, 8, 17, 0, theme).badge.text.isEmpty());
    }

    void pilesKeepToTheirRoom()
    {
        const Theme theme = Theme::light();
        QVERIFY(!layoutStagePile(RequestOutcome::Rejected, 0, 0, 300, 100, {}, theme));
        QVERIFY(!layoutStagePile(RequestOutcome::Rejected, 9, 0, 10, 100, {}, theme));
        for (uint64_t count : {1, 7, 20, 21, 4000})
            for (double room : {60.0, 120.0, 300.0}) {
                const auto pile = layoutStagePile(RequestOutcome::Rejected, count, 20, 20 + room, 100, {}, theme);
                QVERIFY(pile);
                QVERIFY(pile->area().left() >= 20 && pile->area().right() <= 20 + room);
                QVERIFY(pile->area().contains(pile->pieces()));
                QVERIFY(pile->pieces().bottom() <= 100);
                QVERIFY(!pile->pieces().intersects(pile->label.rect));
            }
    }

    void barsLineUp()
    {
        const Theme theme = Theme::light();
        const QRectF area(10, 20, 300, stageBarHeight(theme));
        const StageBar half = layoutStageBar({{"pool"}, {"4 of 8"}, 0.5}, theme, area, 60, 70);
        const StageBar over = layoutStageBar({{"a much longer name", "long"}, {"9 of 8"}, 1.2}, theme, area, 60, 70);
        QCOMPARE(half.track, over.track);
        QCOMPARE(over.share, 1.0);
        QCOMPARE(over.name.text, QStringLiteral("long"));
        QCOMPARE(half.xAt(0.5), half.track.center().x());
        for (const StageBar &bar : {half, over})
            for (const StageLabel &label : bar.labels())
                QVERIFY(area.contains(label.rect) && !label.rect.intersects(bar.track));
        const StageBar bare = layoutStageBar({.share = -1}, theme, area, 0, 0);
        QCOMPARE(bare.track.width(), area.width());
        QCOMPARE(bare.share, 0.0);
    }

    void figuresStandBelowTheirCaption()
    {
        const Theme theme = Theme::lecture();
        const StageFigure figure =
            layoutStageFigure({"fast service succeeds", "succeeds"}, {"54 %"}, theme.failed.text, theme, {40, 30}, 130);
        QCOMPARE(figure.caption.text, QStringLiteral("succeeds"));
        QVERIFY(figure.number.rect.top() >= figure.caption.rect.bottom() - 1e-6);
        QCOMPARE(figure.rect().topLeft(), QPointF(40, 30));
        QVERIFY(figure.rect().height() <= stageFigureHeight(theme) + 1e-6);
    }

    void theNoticeFollowsThePace()
    {
        const QStringList start{"Press Space."};
        const auto noticeOf = [&start](const resilience::sim::Snapshot &snapshot, bool dots = true) {
            StageHeaderWords words;
            addStageNotice(words, snapshot, start, dots);
            return words;
        };
        QCOMPARE(noticeOf(samples::notStarted()).notice, start);
        QVERIFY(noticeOf(samples::open()).notice.isEmpty());
        QVERIFY(noticeOf(samples::veryFast()).quietNotice);
        QVERIFY(noticeOf(samples::veryFast(), false).notice.isEmpty());
        QCOMPARE(noticeOf(samples::paused(samples::open())).pace, Pace::Paused);
        auto ended = samples::paused(samples::open());
        ended.now = resilience::at(ended.until);
        QCOMPARE(noticeOf(ended).pace, Pace::Ended);
        QVERIFY(noticeOf(ended).notice.isEmpty());
    }
};

REGISTER_TEST(StagePiecesTest)
#include "stage_pieces_test.moc"
