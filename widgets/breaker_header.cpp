// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breaker_header.h"

#include "widgets/breaker_words.h"
#include "widgets/stage_words.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace widgets {

namespace {

struct Header {
    Q_DECLARE_TR_FUNCTIONS(BreakerStage)
};

QFont titleFont(const Theme &theme) { return theme.font(TextSize::State, QFont::Bold); }
QFont detailFont(const Theme &theme) { return theme.font(TextSize::Body); }
QFont noticeFont(const Theme &theme) { return theme.font(TextSize::Label, QFont::DemiBold); }

QString pillText(Pace pace)
{
    switch (pace) {
    case Pace::Paused:
        return Header::tr("PAUSED");
    case Pace::Ended:
        return Header::tr("END OF RUN");
    default:
        return {};
    }
}

double barsWidth(const Theme &theme) { return theme.px(9); }

// Right-aligned in `area`; only the two bars when there is no room for the word.
void placePill(BreakerHeader &header, const StageContext &context, const QRectF &area, bool withWord)
{
    const Theme &theme = context.theme;
    const Pace pace = paceOf(context.snapshot);
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
    const double middle = area.top() + lineHeight(titleFont(theme)) / 2;
    header.pillShape = QRectF(area.right() - width, middle - height / 2, width, height);
    header.pill = rightAt(header.pill, header.pillShape.right() - theme.px(10), middle);
}

StageLabel makeNotice(const StageContext &context, double width)
{
    const Theme &theme = context.theme;
    const auto *service = context.service();
    switch (paceOf(context.snapshot)) {
    case Pace::NotStarted: {
        const QString name = service ? QString::fromStdString(service->name) : Header::tr("the service");
        return fitLabel({Header::tr("Press Space to start. Then inject an outage on %1.").arg(name),
                         Header::tr("Space starts. Then inject an outage."), Header::tr("Press Space to start."),
                         Header::tr("Space starts.")},
                        width, noticeFont(theme), theme.control.text);
    }
    case Pace::Paused:
        return fitLabel(words::nextEvent(context.snapshot), width, noticeFont(theme), theme.control.text);
    case Pace::Playing:
        if (tooFastForDots(context.snapshot))
            return fitLabel({Header::tr("too fast for dots: rates shown"), Header::tr("rates shown")}, width,
                            theme.font(TextSize::Label), theme.quietInk);
        return {};
    case Pace::Ended:
        return {};
    }
    return {};
}

} // namespace

double breakerHeaderHeight(const Theme &theme, bool withNotice)
{
    return lineHeight(titleFont(theme)) + (withNotice ? theme.px(2) + lineHeight(noticeFont(theme)) : 0);
}

BreakerHeader layoutBreakerHeader(const StageContext &context, const QRectF &area, bool withNotice)
{
    const Theme &theme = context.theme;
    const auto &client = context.client();
    const double middle = area.top() + lineHeight(titleFont(theme)) / 2;
    const QColor stateColor = theme.state(context.breaker().state).text;
    const QStringList titles = words::stateTitle(client);

    BreakerHeader header;
    placePill(header, context, area, true);
    const auto roomLeft = [&] {
        return (header.pillShape.isEmpty() ? area.right() : header.pillShape.left() - theme.px(12)) - area.left();
    };
    if (makeLabel(titles.front(), titleFont(theme), stateColor).rect.width() > roomLeft())
        placePill(header, context, area, false);
    header.title = leftAt(fitLabel(titles, roomLeft(), titleFont(theme), stateColor), area.left(), middle);

    // The detail stands beside the title where there is room, else in the second row unless that is taken.
    const StageLabel detail =
        makeLabel(words::stateDetail(client, context.snapshot.now).front(), detailFont(theme), theme.quietInk);
    const double beside = header.title.rect.right() + theme.px(14);
    const double baselineShift = theme.px(1.5);
    if (withNotice) {
        const double second = area.bottom() - lineHeight(noticeFont(theme)) / 2;
        header.notice = leftAt(makeNotice(context, area.width()), area.left(), second);
        if (beside + detail.rect.width() <= area.left() + roomLeft())
            header.detail = leftAt(detail, beside, middle + baselineShift);
        else if (header.notice.text.isEmpty())
            header.detail = leftAt(fitLabel(words::stateDetail(client, context.snapshot.now), area.width(),
                                            theme.font(TextSize::Label), theme.quietInk),
                                   area.left(), second);
    } else {
        const double room = area.left() + roomLeft() - beside;
        // With one row only, the next event matters more than the detail: somebody is stepping.
        const StageLabel notice = makeNotice(context, room);
        header.notice = leftAt(notice, beside, middle + baselineShift);
        if (notice.text.isEmpty())
            header.detail = leftAt(fitLabel(words::stateDetail(client, context.snapshot.now), room,
                                            theme.font(TextSize::Label), theme.quietInk),
                                   beside, middle + baselineShift);
    }
    return header;
}

void paintBreakerHeader(QPainter &painter, const BreakerHeader &header, const Theme &theme)
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
