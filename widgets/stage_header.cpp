// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage_header.h"

#include "widgets/stage_words.h"
#include "widgets/translation.h"

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
    switch (words.pace) {
    case Pace::NotStarted:
        words.notice = start;
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
    const QString longest = words.title.value(0);
    StageHeader header;
    placePill(header, words.pace, theme, area, true);
    const auto roomLeft = [&] {
        return (header.pillShape.isEmpty() ? area.right() : header.pillShape.left() - theme.px(12)) - area.left();
    };
    if (makeLabel(longest, headerTitleFont(theme), words.titleColor).rect.width() > roomLeft())
        placePill(header, words.pace, theme, area, false);
    header.title =
        leftAt(fitLabel(words.title, roomLeft(), headerTitleFont(theme), words.titleColor), area.left(), middle);

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
        if (beside + detail.rect.width() <= area.left() + roomLeft())
            header.detail = leftAt(detail, beside, middle + baselineShift);
        else if (header.notice.text.isEmpty())
            header.detail = leftAt(smallDetail(area.width()), area.left(), second);
    } else {
        const double room = area.left() + roomLeft() - beside;
        // With one row only, the next event matters more than the detail: somebody is stepping.
        const StageLabel notice = makeNotice(words, theme, room);
        header.notice = leftAt(notice, beside, middle + baselineShift);
        if (notice.text.isEmpty())
            header.detail = leftAt(smallDetail(room), beside, middle + baselineShift);
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
    paintLabel(painter, header.title);
    paintLabel(painter, header.detail);
    paintLabel(painter, header.notice);
}

} // namespace widgets
