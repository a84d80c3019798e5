// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/stage_header.h"

#include "widgets/look/translation.h"
#include "widgets/stage/stage_words.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

namespace {

QFont headerTitleFont(const Theme &theme) { return theme.font(TextSize::State, QFont::Bold); }
QFont headerDetailFont(const Theme &theme) { return theme.font(TextSize::Body); }
QFont noticeFont(const Theme &theme) { return theme.font(TextSize::Label, QFont::DemiBold); }

QString pillText(Pace pace)
{
    switch (pace) {
    case Pace::Paused:
        return StageTr::tr("PAUSED");
    case Pace::Ended:
        return StageTr::tr("END OF RUN");
    default:
        return {};
    }
}

double barsWidth(const Theme &theme) { return theme.px(9); }

// Right-aligned in `area`; only the two bars when there is no room for the word.
void placePill(StageHeader &header, Pace pace, const Theme &theme, const QRectF &area, bool withWord)
{
    if (pace != Pace::Paused && pace != Pace::Ended)
        return;
    header.pauseBars = pace == Pace::Paused;
    header.pillQuiet = pace == Pace::Ended;
    header.pill = makeLabel(withWord ? pillText(pace) : QString(), theme.font(TextSize::Label, QFont::Bold),
                            header.pillQuiet ? theme.quietInk : theme.control.text);
    const double bars = header.pauseBars ? barsWidth(theme) : 0;
    const double gap = bars > 0 && withWord ? theme.px(7) : 0;
    const double height = lineHeight(header.pill.font) + theme.px(8);
    const double width = header.pill.rect.width() + bars + gap + theme.px(20);
    const double middle = area.top() + lineHeight(headerTitleFont(theme)) / 2;
    header.pillShape = QRectF(area.right() - width, middle - height / 2, width, height);
    header.pill = rightAt(header.pill, header.pillShape.right() - theme.px(10), middle);
}

// Left of the pill, or in its place; an empty text takes it away.
void placeBrokenTag(StageHeader &header, const QString &text, const Theme &theme, const QRectF &area)
{
    header.broken = makeLabel(text, theme.font(TextSize::Label, QFont::Bold), theme.failed.onFill);
    header.brokenShape = {};
    if (text.isEmpty())
        return;
    const double right = header.pillShape.isEmpty() ? area.right() : header.pillShape.left() - theme.px(8);
    const double height = lineHeight(header.broken.font) + theme.px(8);
    const double width = header.broken.rect.width() + theme.px(20);
    const double middle = area.top() + lineHeight(headerTitleFont(theme)) / 2;
    header.brokenShape = QRectF(right - width, middle - height / 2, width, height);
    header.broken = rightAt(header.broken, right - theme.px(10), middle);
}

// Pill and tag, with as many words as the title leaves room for.
double placeSigns(StageHeader &header, const StageHeaderWords &words, const Theme &theme, const QRectF &area)
{
    const auto roomLeft = [&] {
        const QRectF &first = header.brokenShape.isEmpty() ? header.pillShape : header.brokenShape;
        return (first.isEmpty() ? area.right() : first.left() - theme.px(12)) - area.left();
    };
    const auto fits = [&](const QString &title) {
        return makeLabel(title, headerTitleFont(theme), words.titleColor).rect.width() <= roomLeft();
    };
    const QString whole = words.broken ? StageTr::tr("BROKEN ON PURPOSE") : QString();
    const QString brief = words.broken ? StageTr::tr("BROKEN") : QString();
    placePill(header, words.pace, theme, area, true);
    placeBrokenTag(header, whole, theme, area);
    if (!fits(words.title.value(0)))
        placeBrokenTag(header, brief, theme, area);
    if (!fits(words.title.value(0))) {
        placePill(header, words.pace, theme, area, false);
        placeBrokenTag(header, brief, theme, area);
    }
    if (!words.title.isEmpty() && !fits(words.title.back()))
        placeBrokenTag(header, {}, theme, area);
    return roomLeft();
}

StageLabel makeNotice(const StageHeaderWords &words, const Theme &theme, double width)
{
    if (words.quietNotice)
        return fitLabel(words.notice, width, theme.font(TextSize::Label), theme.quietInk);
    return fitLabel(words.notice, width, noticeFont(theme), theme.control.text);
}

} // namespace

void addStageNotice(StageHeaderWords &words, const resilience::sim::Snapshot &snapshot, const QStringList &start,
                    bool dots)
{
    words.pace = paceOf(snapshot);
    words.broken = !snapshot.faultyVariants.empty();
    switch (words.pace) {
    case Pace::NotStarted:
        // Where something is planned, the guide says what to do meanwhile.
        words.notice =
            snapshot.scripted ? QStringList{StageTr::tr("Press Space to start."), StageTr::tr("Space starts.")} : start;
        break;
    case Pace::Paused:
        words.notice = words::nextEvent(snapshot);
        break;
    case Pace::Playing:
        if (dots && tooFastForDots(snapshot)) {
            words.notice = {StageTr::tr("too fast for dots: rates shown"), StageTr::tr("rates shown")};
            words.quietNotice = true;
        }
        break;
    case Pace::Ended:
        break;
    }
}

double stageHeaderHeight(const Theme &theme, bool withNotice)
{
    return lineHeight(headerTitleFont(theme)) + (withNotice ? theme.px(2) + lineHeight(noticeFont(theme)) : 0);
}

StageHeader layoutStageHeader(const StageHeaderWords &words, const Theme &theme, const QRectF &area, bool withNotice)
{
    const double middle = area.top() + lineHeight(headerTitleFont(theme)) / 2;
    StageHeader header;
    const double room = placeSigns(header, words, theme, area);
    header.title = leftAt(fitLabel(words.title, room, headerTitleFont(theme), words.titleColor), area.left(), middle);

    // The detail stands beside the title where there is room, else in the second row unless that is taken.
    const auto smallDetail = [&](double room) {
        return fitLabel(words.detail, room, theme.font(TextSize::Label), theme.quietInk);
    };
    const StageLabel detail = makeLabel(words.detail.value(0), headerDetailFont(theme), theme.quietInk);
    const double beside = header.title.rect.right() + theme.px(14);
    const double baselineShift = theme.px(1.5);
    if (withNotice) {
        const double second = area.bottom() - lineHeight(noticeFont(theme)) / 2;
        header.notice = leftAt(makeNotice(words, theme, area.width()), area.left(), second);
        if (beside + detail.rect.width() <= area.left() + room)
            header.detail = leftAt(detail, beside, middle + baselineShift);
        else if (header.notice.text.isEmpty())
            header.detail = leftAt(smallDetail(area.width()), area.left(), second);
    } else {
        const double rest = area.left() + room - beside;
        // With one row only, the next event matters more than the detail: somebody is stepping.
        const StageLabel notice = makeNotice(words, theme, rest);
        header.notice = leftAt(notice, beside, middle + baselineShift);
        if (notice.text.isEmpty())
            header.detail = leftAt(smallDetail(rest), beside, middle + baselineShift);
    }
    return header;
}

void paintStageHeader(QPainter &painter, const StageHeader &header, const Theme &theme)
{
    if (!header.pillShape.isEmpty()) {
        const QRectF &shape = header.pillShape;
        painter.setPen(QPen(header.pillQuiet ? theme.quietLine : theme.control.line, 1.2));
        painter.setBrush(header.pillQuiet ? theme.inset : theme.control.soft);
        painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2);
        if (header.pauseBars) {
            const double bar = barsWidth(theme) / 3;
            const double height = theme.px(10);
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.control.text);
            for (int i : {0, 2})
                painter.drawRect(
                    QRectF(shape.left() + theme.px(10) + i * bar, shape.center().y() - height / 2, bar, height));
        }
        paintLabel(painter, header.pill);
    }
    if (!header.brokenShape.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.failed.fill);
        painter.drawRoundedRect(header.brokenShape, theme.px(4), theme.px(4));
        paintLabel(painter, header.broken);
    }
    paintLabel(painter, header.title);
    paintLabel(painter, header.detail);
    paintLabel(painter, header.notice);
}

} // namespace widgets
