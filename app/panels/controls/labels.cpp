// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/controls/labels.h"

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QTextDocument>
#include <QVariant>

namespace app {

void setRole(QWidget *widget, const char *role)
{
    const QString text = QString::fromLatin1(role);
    if (widget->property("role").toString() == text)
        return;
    widget->setProperty("role", text);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

QLabel *makeLabel(const char *role, QWidget *parent, const QString &text)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    setRole(label, role);
    return label;
}

QPushButton *makeLink(const QString &text, const char *name, QWidget *parent)
{
    auto *link = new QPushButton(text, parent);
    link->setObjectName(QLatin1String(name));
    link->setFocusPolicy(Qt::TabFocus);
    setRole(link, "link");
    return link;
}

QFrame *makeRule(QWidget *parent)
{
    auto *rule = new QFrame(parent);
    setRole(rule, "rule");
    return rule;
}

void showText(QLabel *label, const QString &text)
{
    if (label->text() != text)
        label->setText(text);
    if (label->isHidden() != text.isEmpty())
        label->setVisible(!text.isEmpty());
}

QString plainToolTip(const QString &text)
{
    return Qt::mightBeRichText(text) ? QStringLiteral("<span>%1</span>").arg(text.toHtmlEscaped()) : text;
}

} // namespace app
