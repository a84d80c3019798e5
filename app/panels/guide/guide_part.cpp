// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/guide/guide_part.h"

#include "app/panels/controls/labels.h"

#include <QLabel>
#include <QVBoxLayout>

namespace app {

GuidePart::GuidePart(const QString &caption, const char *box, QWidget *parent)
    : QFrame(parent), m_text(makeLabel("body", this))
{
    auto *column = new QVBoxLayout(this);
    column->setSpacing(2);
    if (box) {
        setRole(this, box);
        column->setContentsMargins(12, 8, 8, 8);
    } else {
        column->setContentsMargins(0, 0, 0, 0);
    }
    if (!caption.isEmpty())
        column->addWidget(makeLabel("caption", this, caption));
    column->addWidget(m_text);
    hide();
}

void GuidePart::setText(const QString &text)
{
    showText(m_text, text);
    if (isHidden() != text.isEmpty())
        setVisible(!text.isEmpty());
}

void GuidePart::setCovered(bool covered) { setRole(m_text, covered ? "covered" : "body"); }

QString GuidePart::text() const { return m_text->text(); }

} // namespace app
