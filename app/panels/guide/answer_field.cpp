// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/guide/answer_field.h"

#include <QKeyEvent>
#include <QRegularExpressionValidator>

#include <algorithm>
#include <cmath>

namespace app {

namespace {
// Of a number, or for moving and deleting in it.
bool isForNumber(const QKeyEvent &key)
{
    const QString text = key.text();
    const bool printable = !text.isEmpty() && text[0].isPrint();
    return !printable || text[0].isDigit() || text[0] == u'.' || text[0] == u',';
}
} // namespace

AnswerField::AnswerField(QWidget *parent) : QLineEdit(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QLineEdit::textEdited, this, &AnswerField::edited);
}

void AnswerField::setRange(double least, double most, int decimals, const QString &unit)
{
    m_decimals = decimals;
    const double grain = std::pow(10.0, decimals);
    m_least = std::ceil(least * grain) / grain;
    m_most = most;
    const auto number = [&](double value) {
        return QString::number(value, 'f', value == std::floor(value) ? 0 : decimals);
    };
    const QString range = tr("%1 to %2").arg(number(m_least), number(m_most));
    setPlaceholderText(unit.isEmpty() ? range : range + u' ' + unit);
    setToolTip(unit.isEmpty() ? tr("A number from %1").arg(range) : tr("A number from %1 %2").arg(range, unit));
    const QString digits =
        decimals > 0 ? QStringLiteral("\\d{0,5}([.,]\\d{0,%1})?").arg(decimals) : QStringLiteral("\\d{0,5}");
    delete validator();
    setValidator(new QRegularExpressionValidator(QRegularExpression(digits), this));
    clear();
    updateGeometry();
}

QSize AnswerField::sizeHint() const
{
    ensurePolished();
    return {fontMetrics().horizontalAdvance(placeholderText() + QStringLiteral("MM")), QLineEdit::sizeHint().height()};
}

std::optional<double> AnswerField::value() const
{
    bool whole = false;
    const double value = text().replace(u',', u'.').toDouble(&whole);
    return whole && value >= m_least && value <= m_most ? std::optional(value) : std::nullopt;
}

void AnswerField::setValue(std::optional<double> value)
{
    if (value == this->value())
        return;
    setText(value ? QString::number(*value, 'g', 7) : QString());
    selectAll(); // what was placed by hand gives way to what is typed
}

void AnswerField::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    m_entered = event->reason() == Qt::MouseFocusReason;
}

// Who clicks into it means to type another answer.
void AnswerField::mouseReleaseEvent(QMouseEvent *event)
{
    QLineEdit::mouseReleaseEvent(event);
    if (m_entered && !hasSelectedText())
        selectAll();
    m_entered = false;
}

bool AnswerField::event(QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return QLineEdit::event(event);
    const auto &key = *static_cast<QKeyEvent *>(event);
    const bool undoes = key.matches(QKeySequence::Undo) || key.matches(QKeySequence::Redo);
    if (isForNumber(key) && !(undoes && !isModified()))
        return QLineEdit::event(event);
    event->ignore();
    return true;
}

void AnswerField::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Up ? 1 : event->key() == Qt::Key_Down ? -1 : 0;
    if (step == 0)
        return QLineEdit::keyPressEvent(event);
    const double grain = m_decimals > 0 ? 0.5 : 1;
    const auto now = value();
    if (!now && step < 0)
        return; // there is nothing to count down from
    setValue(now ? std::clamp(*now + step * grain, m_least, m_most) : m_least);
    emit edited();
}

} // namespace app
