// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/legend_card.h"

#include "app/panels/controls/labels.h"
#include "app/stages/panel_factory.h"
#include "labs/kit/glossary.h"
#include "widgets/legend/stage_legend.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace app {

namespace {

constexpr double kLegendWidth = 400; // px at scale 1

class SignView : public QWidget {
public:
    SignView(const widgets::LegendSign &sign, const widgets::Theme &theme, QWidget *parent)
        : QWidget(parent), m_sign(sign), m_theme(theme)
    {
        setFixedSize(QSizeF(theme.px(30), theme.px(16)).toSize());
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintSign(painter, m_sign, QRectF(rect()).adjusted(1, 1, -1, -1), m_theme);
    }

private:
    widgets::LegendSign m_sign;
    widgets::Theme m_theme;
};

void addSigns(QVBoxLayout *column, const resilience::labs::Lab &lab, const widgets::Theme &theme, QWidget *parent)
{
    column->addWidget(makeLabel("caption", parent, LegendCard::tr("Signs on this stage")));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const widgets::LegendSign &sign : legendOf(*makeScene(lab.panels.front()))) {
        grid->addWidget(new SignView(sign, theme, parent), row, 0, Qt::AlignTop);
        grid->addWidget(makeLabel("quiet", parent, sign.words), row++, 1);
    }
    column->addLayout(grid);
}

void addWords(QVBoxLayout *column, const resilience::labs::Lab &lab, QWidget *parent)
{
    column->addWidget(makeLabel("caption", parent, LegendCard::tr("Words")));
    for (const auto &term : resilience::labs::glossaryOf(lab)) {
        auto *label = makeLabel("quiet", parent);
        label->setTextFormat(Qt::RichText);
        label->setText(QStringLiteral("<b>%1</b>: %2")
                           .arg(QString::fromStdString(term.word).toHtmlEscaped(),
                                QString::fromStdString(term.meaning).toHtmlEscaped()));
        column->addWidget(label);
    }
}

} // namespace

LegendCard::LegendCard(QWidget *window) : FloatingCard("legend", window)
{
    connect(this, &FloatingCard::closeWanted, this, &QWidget::hide);
    column()->addStretch(1);
}

void LegendCard::build()
{
    delete m_content;
    m_content = new QWidget(widget());
    auto *inside = new QVBoxLayout(m_content);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(6);
    addSigns(inside, *m_lab, theme(), m_content);
    inside->addWidget(makeLabel("caption", m_content, tr("What is simplified here")));
    inside->addWidget(makeLabel("quiet", m_content, QString::fromStdString(m_lab->guide.simplified)));
    addWords(inside, *m_lab, m_content);
    column()->insertWidget(1, m_content);
    m_content->show();
    showText(title(), tr("Legend · %1").arg(QString::fromStdString(m_lab->title)));
    setAccessibleName(title()->text());
}

void LegendCard::toggle(const resilience::labs::Lab &lab, const QWidget &from)
{
    if (isVisible()) {
        hide();
        return;
    }
    m_lab = &lab;
    build();
    show(); // before it is measured: the style gives its words their size
    const QSize size = sizeAt(kLegendWidth);
    const QRect room = anywhere();
    const QPoint end = from.mapTo(window_(), QPoint(from.width(), 0));
    const int left = std::clamp(end.x() - size.width(), room.left(), room.right() + 1 - size.width());
    const int top = std::clamp(end.y() - size.height(), room.top(), room.bottom() + 1 - size.height());
    setGeometry(QRect(QPoint(left, top), size));
    raise();
}

void LegendCard::setLab(const resilience::labs::Lab &lab)
{
    if (m_lab != &lab)
        hide();
}

void LegendCard::setTheme(const widgets::Theme &theme)
{
    FloatingCard::setTheme(theme);
    hide();
}

} // namespace app
