// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/log_panel.h"

#include "app/panels/controls/labels.h"
#include "app/panels/log_line.h"

#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextBlock>
#include <QVBoxLayout>

namespace app {

using namespace resilience::sim;

LogPanel::LogPanel(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_text(new QPlainTextEdit(this))
{
    m_text->setObjectName(QStringLiteral("log"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_text->setMaximumBlockCount(kMostLines);
    m_text->setAccessibleName(tr("Log of the run"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFocusPolicy(Qt::TabFocus);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setRole(m_text, "log");
    m_text->installEventFilter(this);
    m_text->viewport()->installEventFilter(this);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(15, 11, 7, 7);
    column->setSpacing(4);
    column->addWidget(makeLabel("caption", this, tr("Log")));
    column->addWidget(m_text, 1);
}

QString LogPanel::text() const { return m_text->toPlainText(); }

void LogPanel::showEvent(QShowEvent *) { setFrame(); }

void LogPanel::setFrame()
{
    if (!isVisible()) {
        m_run = 0; // whatever happens meanwhile, it starts over when it is shown
        return;
    }
    const uint64_t last = m_session.timeline().lastEvent();
    if (m_run != m_session.run() || last < m_shown)
        startOver(last);
    addUpTo(last);
}

void LogPanel::startOver(uint64_t lastEvent)
{
    m_text->clear();
    m_events.clear();
    m_run = m_session.run();
    // An event gives at most two lines and most give none: enough to fill the view, without reading the whole run.
    constexpr uint64_t kLookBack = 8 * kMostLines;
    m_shown = lastEvent > kLookBack ? lastEvent - kLookBack : 0;
}

void LogPanel::addUpTo(uint64_t lastEvent)
{
    if (m_shown == lastEvent)
        return;
    const Timeline &run = m_session.timeline();
    std::deque<std::pair<uint64_t, std::string>> added; // no more than there is room for
    for (uint64_t number = std::max(m_shown + 1, run.history().log().firstNumber()); number <= lastEvent; ++number) {
        const Event *event = run.history().log().numbered(number);
        if (!event)
            continue;
        for (std::string &line : logLines(*event, run.world(), run.scenario()))
            added.emplace_back(number, std::move(line));
        while (added.size() > kMostLines)
            added.pop_front();
    }
    m_shown = lastEvent;
    if (!added.empty())
        append(added);
}

void LogPanel::append(const std::deque<std::pair<uint64_t, std::string>> &lines)
{
    QString text;
    for (const auto &[event, line] : lines) {
        if (!m_events.empty())
            text += u'\n';
        text += QString::fromStdString(line);
        m_events.push_back(event);
    }
    QScrollBar *bar = m_text->verticalScrollBar();
    {
        // Else the bar is asked for, and its size worked out, once for each line.
        const QSignalBlocker once(bar);
        QTextCursor end(m_text->document());
        end.movePosition(QTextCursor::End);
        end.insertText(text);
        while (m_events.size() > size_t(m_text->document()->blockCount()))
            m_events.pop_front();
        end.movePosition(QTextCursor::StartOfBlock);
        m_text->setTextCursor(end);
    }
    emit bar->rangeChanged(bar->minimum(), bar->maximum());
    bar->setValue(bar->maximum());
}

void LogPanel::inspectLine(int line)
{
    if (line >= 0 && size_t(line) < m_events.size())
        m_session.inspect(m_events[size_t(line)]);
}

bool LogPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::LeftButton && !m_text->textCursor().hasSelection())
            inspectLine(m_text->cursorForPosition(mouse->pos()).blockNumber());
    }
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            inspectLine(m_text->textCursor().blockNumber());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace app
