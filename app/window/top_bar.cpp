// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/top_bar.h"

#include "app/panels/glyph_icon.h"
#include "app/panels/labels.h"
#include "labs/catalog.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <cmath>

namespace app {

using namespace resilience;

namespace {
QToolButton *flatButton(const QString &text, const char *name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setObjectName(QString::fromLatin1(name));
    button->setFocusPolicy(Qt::TabFocus);
    setRole(button, "flat");
    return button;
}
} // namespace

TopBar::TopBar(Session &session, const Actions &actions, QWidget *parent)
    : QFrame(parent), m_session(session), m_theme(widgets::Theme::light()),
      m_product(makeLabel("product", this, QStringLiteral("Resilience Lab"))), m_menu(flatButton({}, "menu", this))
{
    setRole(this, "bar");
    m_product->setWordWrap(false);
    auto *exportAll = flatButton(tr("Export"), "export", this);
    auto *present = flatButton(tr("Present"), "present", this);
    connect(exportAll, &QToolButton::clicked, actions.exportAll, &QAction::trigger);
    connect(present, &QToolButton::clicked, actions.present, &QAction::trigger);
    m_menu->setMenu(actions.menu);
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_menu->setAccessibleName(tr("Menu"));
    m_menu->setToolTip(tr("Menu (F10)"));

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(20, 8, 12, 8);
    row->setSpacing(4);
    row->addWidget(m_product);
    row->addSpacing(12);
    addSteps(row);
    row->addStretch(1);
    row->addWidget(exportAll);
    row->addWidget(present);
    row->addWidget(m_menu);
}

void TopBar::addSteps(QHBoxLayout *row)
{
    for (const labs::Lab &lab : labs::catalog()) {
        auto *step = new QToolButton(this);
        step->setObjectName(QStringLiteral("step-") + QString::fromStdString(lab.id));
        const QString title = QString::fromStdString(lab.title);
        const size_t number = m_steps.size() + 1;
        step->setAccessibleName(tr("Step %1  %2").arg(number).arg(title));
        step->setToolTip(tr("%1 (Ctrl+%2)").arg(title).arg(number));
        step->setCheckable(true);
        step->setAutoExclusive(true);
        step->setFocusPolicy(Qt::TabFocus);
        setRole(step, "pill");
        connect(step, &QToolButton::clicked, this, [this, &lab] { m_session.openLab(lab); });
        row->addWidget(step);
        m_steps.push_back(step);
    }
}

void TopBar::setFrame()
{
    const auto &all = labs::catalog();
    for (size_t i = 0; i < m_steps.size(); ++i)
        m_steps[i]->setChecked(all[i].id == m_session.lab().id);
    nameSteps();
}

void TopBar::nameSteps()
{
    const auto &all = labs::catalog();
    const bool everyName = width() >= m_theme.px(1600);
    const bool name = width() >= m_theme.px(660);
    m_product->setVisible(width() >= m_theme.px(820));
    for (size_t i = 0; i < m_steps.size(); ++i) {
        const QString number = QString::number(i + 1);
        const bool named = everyName || (name && m_steps[i]->isChecked());
        const QString text =
            named ? QStringLiteral("%1  %2").arg(number, QString::fromStdString(all[i].title)) : number;
        if (m_steps[i]->text() != text)
            m_steps[i]->setText(text);
    }
}

void TopBar::openStep(size_t index)
{
    if (index < labs::catalog().size())
        m_session.openLab(labs::catalog()[index]);
}

void TopBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    nameSteps();
}

void TopBar::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    nameSteps();
    const int size = int(std::lround(theme.px(16)));
    m_menu->setIcon(glyphIcon(Glyph::More, theme.quietInk));
    m_menu->setIconSize(QSize(size, size));
}

void TopBar::openMenu() { m_menu->showMenu(); }

} // namespace app
