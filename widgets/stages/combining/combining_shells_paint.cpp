// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stages/combining/combining_order.h"
#include "widgets/stages/combining/combining_shells.h"
#include "widgets/stages/combining/combining_words.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace widgets {

using resilience::PolicyKind;

namespace {

// Shells further inside lie on those further outside: every other one is a shade darker, so that they can be counted.
QColor shellFill(size_t level, const Theme &theme) { return level % 2 == 0 ? theme.inset : theme.card; }

void paintToggle(QPainter &painter, const Shell &shell, const Theme &theme)
{
    if (shell.toggle.isEmpty())
        return;
    const double radius = shell.toggle.height() / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(shell.inUse ? theme.control.line : theme.quietLine);
    painter.drawRoundedRect(shell.toggle, radius, radius);
    painter.setBrush(theme.card);
    const double x = shell.inUse ? shell.toggle.right() - radius : shell.toggle.left() + radius;
    painter.drawEllipse(QPointF(x, shell.toggle.center().y()), radius - theme.px(1.6), radius - theme.px(1.6));
}

void paintShellBody(QPainter &painter, const Shell &shell, const QRectF &rect, size_t level, const Theme &theme)
{
    const double radius = std::max(theme.px(4), theme.px(10) - static_cast<double>(level) * theme.px(0.7));
    const double stroke = theme.px(shell.blocking ? 2 : 1);
    const QColor line = shell.blocking ? theme.failed.line : mixed(theme.quietLine, theme.card, 0.7);
    painter.setPen(QPen(line, stroke, shell.inUse ? Qt::SolidLine : Qt::DashLine));
    painter.setBrush(shell.blocking ? theme.failed.soft : shellFill(level, theme));
    painter.drawRoundedRect(rect.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2), radius, radius);
}

// The way inwards; where an open breaker stands in it, it ends.
void paintStackLane(QPainter &painter, const ShellStack &stack, const Theme &theme)
{
    painter.setPen(QPen(mixed(theme.ink, theme.card, 0.55), theme.px(1.6), Qt::SolidLine, Qt::FlatCap));
    const auto blocking =
        std::find_if(stack.shells.begin(), stack.shells.end(), [](const Shell &s) { return s.blocking; });
    if (blocking == stack.shells.end()) {
        painter.drawLine(QPointF(stack.laneX, stack.laneTop), QPointF(stack.laneX, stack.laneBottom));
        return;
    }
    const double y = blocking->strip.center().y();
    painter.drawLine(QPointF(stack.laneX, stack.laneTop), QPointF(stack.laneX, y));
    painter.drawLine(QPointF(stack.laneX, blocking->strip.bottom()), QPointF(stack.laneX, stack.laneBottom));
    painter.setPen(QPen(theme.failed.line, theme.px(3.4), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(stack.laneX - theme.px(7), y), QPointF(stack.laneX + theme.px(7), y));
}

void paintWaiting(QPainter &painter, const StageDot &dot, const Theme &theme)
{
    painter.setPen(QPen(theme.waiting.line, theme.px(1.4)));
    painter.setBrush(theme.waiting.fill);
    painter.drawEllipse(dot.at, dot.radius - theme.px(0.7), dot.radius - theme.px(0.7));
    if (!dot.next)
        return;
    painter.setPen(QPen(theme.control.line, theme.px(1.4), Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(dot.at, dot.radius + theme.px(2.5), dot.radius + theme.px(2.5));
}

void paintShellContent(QPainter &painter, const Shell &shell, const Theme &theme)
{
    paintToggle(painter, shell, theme);
    for (const StageLabel &label : shell.labels())
        paintLabel(painter, label);
    for (const StageGlyph &glyph : shell.pile)
        paintStageGlyph(painter, glyph, theme);
    for (const StageDot &dot : shell.waiting)
        paintWaiting(painter, dot, theme);
}

void paintTogether(QPainter &painter, const ShellStack &stack, const Theme &theme)
{
    painter.setPen(QPen(theme.inFlight.line, theme.px(1)));
    painter.setBrush(theme.inFlight.soft);
    for (const QRectF &frame : stack.together) {
        const QRectF rect = frame.adjusted(-theme.px(1), 0, theme.px(1), 0);
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2);
    }
}

void paintStackHead(QPainter &painter, const ShellStack &stack, const Theme &theme)
{
    paintLabel(painter, stack.title);
    paintLabel(painter, stack.detail);
    if (!stack.reset.isEmpty()) {
        painter.setPen(QPen(theme.control.line, theme.px(1.2)));
        painter.setBrush(theme.control.soft);
        painter.drawRoundedRect(stack.reset, stack.reset.height() / 2, stack.reset.height() / 2);
        paintLabel(painter, stack.resetText);
    }
    for (const StageGlyph &glyph : stack.recent)
        paintStageGlyph(painter, glyph, theme);
}

} // namespace

void paintShellStack(QPainter &painter, const ShellStack &stack, const StageContext &context, const StagePhase &phase)
{
    const Theme &theme = context.theme;
    paintStackHead(painter, stack, theme);
    // A shell that was moved glides from where it was.
    const bool gliding = stack.movable && phase.transition < 1 && !phase.reducedMotion;
    const resilience::PolicyOrder before = gliding ? orderOfKey(phase.from) : resilience::PolicyOrder{};
    std::vector<QPointF> shifts;
    for (size_t level = 0; level < stack.shells.size(); ++level) {
        const Shell &shell = stack.shells[level];
        const auto now = static_cast<double>(level);
        double place = now;
        if (const auto old = before.levelOf(shell.kind))
            place += (static_cast<double>(*old) - now) * (1 - phase.eased());
        const QRectF rect = stack.shellRect(place);
        shifts.push_back({0, rect.top() - shell.rect.top()});
        paintShellBody(painter, shell, rect, level, theme);
    }
    paintStackLane(painter, stack, theme);
    for (size_t level = 0; level < stack.shells.size(); ++level) {
        painter.save();
        painter.translate(shifts[level]);
        paintShellContent(painter, stack.shells[level], theme);
        painter.restore();
    }
    if (stack.head.isEmpty()) // it stands in the outermost strip
        paintLabel(painter, stack.title);
    if (!stack.core.rect.isEmpty())
        paintStageBox(painter, stack.core, theme);
    paintTogether(painter, stack, theme);
    paintLabel(painter, stack.hidden);
    for (const StageDot &dot : stack.dots)
        paintStageDot(painter, dot, theme);
    for (const StageGlyph &glyph : stack.falling)
        paintStageGlyph(painter, glyph, theme);
}

void paintDraggedShell(QPainter &painter, const ShellStack &stack, const Shell &shell, QPointF by, const Theme &theme)
{
    const QRectF strip = shell.strip.translated(0, by.y());
    painter.setPen(QPen(theme.control.line, theme.px(2)));
    painter.setBrush(theme.control.soft);
    painter.drawRoundedRect(strip, theme.px(8), theme.px(8));
    painter.save();
    painter.translate(0, by.y());
    paintToggle(painter, shell, theme);
    paintLabel(painter, shell.name);
    paintLabel(painter, shell.value);
    painter.restore();

    const size_t place = stack.placeAt(strip.center().y());
    const auto old = static_cast<size_t>(&shell - stack.shells.data());
    if (place == old)
        return;
    // Between which two it would come.
    const QRectF target = stack.shells[place].strip;
    const double y = place < old ? target.top() : target.bottom();
    painter.setPen(QPen(theme.control.line, theme.px(3), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(target.left() - theme.px(4), y), QPointF(target.right() + theme.px(4), y));
}

} // namespace widgets
