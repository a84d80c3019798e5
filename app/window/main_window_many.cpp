// SPDX-License-Identifier: GPL-3.0-or-later
// Many runs in the window: their form at the left, their picture in the place of the stage, their band in the charts.
#include "app/export/export_options.h"
#include "app/panels/many/many_panel.h"
#include "app/panels/many/many_view.h"
#include "app/panels/many/many_words.h"
#include "app/panels/stage_pair.h"
#include "app/window/left_column.h"
#include "app/window/main_window.h"

#include <QPushButton>

namespace app {

void MainWindow::setMany(bool on)
{
    m_left->setMany(on);
    if (!on)
        m_many.clear();
    else if (m_many.isEmpty())
        m_manyPanel->begin();
    divide();
    showFrame();
}

void MainWindow::showMany()
{
    // What is asked is asked about the stage, and the band would tell the answer.
    const bool asked = m_session.prediction().stage() == Prediction::Stage::Asked;
    const bool shown = m_left->chosen() == LeftColumn::Part::Many && !asked;
    m_manyView->setVisible(shown);
    if (m_stage) {
        m_stage->setVisible(!shown);
        m_stage->setEnabled(!shown); // keys that are meant for the guard's home must not act on what nobody sees
    }
    m_legendLink->setVisible(!shown && !m_presenter.isActive());
    m_manyPanel->setFrame();
    m_manyView->setFrame();
    m_actions.action("many")->setChecked(m_left->hasMany());
    showTime();
}

std::shared_ptr<const ManyExport> MainWindow::manyExport() const
{
    if (!m_left->hasMany() || m_many.isEmpty())
        return nullptr;
    return std::make_shared<const ManyExport>(
        ManyExport{manyPictureOf(m_many, m_session), manyTable(m_many), m_many.band()});
}

} // namespace app
