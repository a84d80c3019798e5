// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/controls/floating_card.h"
#include "labs/kit/lab.h"

namespace app {

// What the signs on a step's stage mean, what is simplified there, and the words of the field that it uses.
class LegendCard : public FloatingCard {
    Q_OBJECT

public:
    explicit LegendCard(QWidget *window);

    // Opens above the right end of `from`, a widget of the window, or closes.
    void toggle(const resilience::labs::Lab &lab, const QWidget &from);
    // Another step has another legend: closes.
    void setLab(const resilience::labs::Lab &lab);
    void setTheme(const widgets::Theme &theme) override;

private:
    void build();

    const resilience::labs::Lab *m_lab = nullptr; // whose legend it shows
    QWidget *m_content = nullptr;
};

} // namespace app
