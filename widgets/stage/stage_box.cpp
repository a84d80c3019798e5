// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stage/stage_box.h"

#include "widgets/stage/stage_words.h"

#include <QPainter>

namespace widgets {

namespace {

QFont boxNameFont(const Theme &theme) { return theme.font(TextSize::Body, QFont::DemiBold); }
QFont smallNameFont(const Theme &theme) { return theme.font(TextSize::Axis, QFont::DemiBold); }

QFont boxDetailFont(BoxRole role, const Theme &theme)
{
    return role == BoxRole::Plain || role == BoxRole::Quiet ? theme.font(TextSize::Label)
                                                            : theme.font(TextSize::Label, QFont::Bold);
}

BoxColors coloursOf(const Hue &hue, const Theme &theme) { return {hue.soft, hue.line, theme.ink, hue.text}; }

} // namespace

BoxColors boxColors(BoxRole role, const Theme &theme)
{
    switch (role) {
    case BoxRole::Plain:
        return {theme.inset, theme.ink, theme.ink, theme.quietInk};
    case BoxRole::Failed:
        return coloursOf(theme.failed, theme);
    case BoxRole::Succeeded:
        return coloursOf(theme.succeeded, theme);
    case BoxRole::Waiting:
        return coloursOf(theme.waiting, theme);
    case BoxRole::Trial:
        return coloursOf(theme.trial, theme);
    case BoxRole::InFlight:
        return coloursOf(theme.inFlight, theme);
    case BoxRole::Quiet:
        return {theme.inset, theme.quietLine, theme.quietInk, theme.quietInk};
    }
    return {};
}

StageBoxWords boxWords(const resilience::sim::ClientView &client)
{
    return {QString::fromStdString(client.name), {words::clientDetail(client)}};
}

StageBoxWords boxWords(const resilience::sim::ServiceView &service)
{
    const QString name = QString::fromStdString(service.name);
    const QStringList faults = words::serviceFaults(service);
    if (faults.isEmpty())
        return {name, words::serviceDetail(service)};
    return {name,
            {faults.join(QStringLiteral(" · ")), faults.front() + QStringLiteral(" +%1").arg(faults.size() - 1),
             faults.front()},
            BoxRole::Failed};
}

double stageBoxHeight(const Theme &theme, double row, double padding)
{
    return lineHeight(boxNameFont(theme)) + lineHeight(theme.font(TextSize::Label)) + row + padding;
}

double stageBoxWidth(const StageBoxWords &words, const Theme &theme, double padding)
{
    return makeLabel(words.name, boxNameFont(theme), theme.ink).rect.width() + padding;
}

StageBox layoutStageBox(const StageBoxWords &words, const Theme &theme, const QRectF &rect, double row)
{
    StageBox box{.rect = rect, .role = words.role};
    if (words.name.isEmpty() && words.detail.isEmpty())
        return box;
    const BoxColors colors = boxColors(words.role, theme);
    const double width = rect.width() - theme.px(7);
    StageLabel name = makeLabel(words.name, boxNameFont(theme), colors.name);
    if (name.rect.width() > width)
        name = fitLabel({words.name}, width, smallNameFont(theme), colors.name);
    const StageLabel detail = fitLabel(words.detail, width, boxDetailFont(words.role, theme), colors.detail);
    const double text = name.rect.height() + detail.rect.height();
    double y = rect.top() + (rect.height() - text - row * 0.7) / 2;
    box.name = centredAt(name, {rect.center().x(), y + name.rect.height() / 2});
    y += name.rect.height();
    box.detail = centredAt(detail, {rect.center().x(), y + detail.rect.height() / 2});
    y += detail.rect.height();
    if (row > 0)
        box.row = QRectF(rect.left() + theme.px(6), y + (rect.bottom() - y - row) * 0.4, width, row);
    return box;
}

void paintStageBox(QPainter &painter, const StageBox &box, const Theme &theme)
{
    const BoxColors colors = boxColors(box.role, theme);
    const double stroke = theme.px(1.6);
    painter.setPen(QPen(colors.line, stroke));
    painter.setBrush(colors.fill);
    painter.drawRoundedRect(box.rect.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2), theme.px(10),
                            theme.px(10));
    paintLabel(painter, box.name);
    paintLabel(painter, box.detail);
}

} // namespace widgets
