// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/session.h"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace app {

class KnobSlider;
class ParameterEditor;

// What can be turned in this lab: at most three sliders, and everything else behind one fold, where the variants that are
// broken on purpose stand apart under their own heading. What does not go together is refused in words, right here.
class KnobPanel : public QWidget {
    Q_OBJECT

public:
    explicit KnobPanel(Session &session, QWidget *parent = nullptr);

    void setFrame();
    // Empty: nothing was refused.
    void showRefusal(const QString &why);

private:
    void build();
    void addEditors(QVBoxLayout *column, bool broken);
    void setFolded(bool folded);

    Session &m_session;
    const resilience::labs::Lab *m_lab = nullptr; // the one it was built for
    QWidget *m_content = nullptr;
    QLabel *m_refusal = nullptr;
    QPushButton *m_fold = nullptr;
    QWidget *m_folded = nullptr;
    std::vector<KnobSlider *> m_sliders;
    std::vector<ParameterEditor *> m_editors;
};

} // namespace app
