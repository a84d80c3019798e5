// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/guide/prediction_list.h"

#include "app/panels/controls/labels.h"
#include "app/panels/guide/prediction_row.h"

#include <QLabel>
#include <QVBoxLayout>

namespace app {

using namespace resilience;

PredictionList::PredictionList(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_column(new QVBoxLayout(this)), m_theme(widgets::Theme::light())
{
    setObjectName(QStringLiteral("predictions"));
    m_column->setContentsMargins(0, 4, 0, 0);
    m_column->setSpacing(2);
    m_column->addWidget(makeLabel("caption", this, tr("Your predictions")));
    hide();
}

void PredictionList::build(const labs::Beat &page)
{
    for (PredictionRow *row : m_rows)
        delete row;
    m_rows.clear();
    for (const std::string &id : page.questions)
        for (const labs::Question &question : m_session.lab().questions)
            if (question.id == id) {
                m_rows.push_back(new PredictionRow(m_session, question, this));
                m_rows.back()->setTheme(m_theme);
                m_column->addWidget(m_rows.back());
            }
}

void PredictionList::setTheme(const widgets::Theme &theme)
{
    m_theme = theme;
    for (PredictionRow *row : m_rows)
        row->setTheme(theme);
}

void PredictionList::setFrame()
{
    const auto &beats = m_session.lab().guide.beats;
    const size_t beat = m_session.guide().beat();
    const labs::Beat *page = m_session.onGuide() && beat < beats.size() ? &beats[beat] : nullptr;
    if (m_page != page) {
        m_page = page;
        build(page ? *page : labs::Beat{});
    }
    bool any = false;
    for (PredictionRow *row : m_rows)
        any = row->setFrame() || any;
    if (any == isHidden())
        setVisible(any);
}

} // namespace app
