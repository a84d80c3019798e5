// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/session.h"
#include "widgets/look/theme.h"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace app {

class KnobSlider;
class ParameterEditor;

// What can be turned in this lab: at most three sliders, lists or switches, and everything else behind one fold. The
// variants that are broken on purpose have a card of their own. What does not apply to the open scenario is not there.
// What does not go together is refused in words, right here.
class KnobPanel : public QWidget {
    Q_OBJECT

public:
    explicit KnobPanel(Session &session, QWidget *parent = nullptr);

    void setFrame();
    void setTheme(const widgets::Theme &theme);
    // Empty: nothing was refused.
    void showRefusal(const QString &why);

private:
    void build();
    void addMain(QVBoxLayout *column);
    void buildFold(QVBoxLayout *column);
    void addEditors(QVBoxLayout *column);
    void setFolded(bool folded);

    Session &m_session;
    widgets::Theme m_theme;
    const resilience::labs::Lab *m_lab = nullptr; // the one it was built for
    const resilience::sim::Scenario *m_scenario = nullptr; // ... and whose owners it shows
    QWidget *m_content = nullptr;
    QLabel *m_refusal = nullptr;
    QPushButton *m_fold = nullptr;
    QWidget *m_folded = nullptr;
    std::vector<KnobSlider *> m_sliders;
    std::vector<ParameterEditor *> m_main; // main knobs that are no numbers
    std::vector<ParameterEditor *> m_editors;
};

} // namespace app
