// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <array>

class QPushButton;
class QHBoxLayout;
class QVBoxLayout;

namespace app {

// The column at the left: the guide, and, while two runs are compared, what tells of them, and the settings where the
// two stages leave no room for them at the right. One of these at a time, chosen above.
class LeftColumn : public QWidget {
    Q_OBJECT

public:
    enum class Part : uint8_t { Guide, Compare, Settings };
    static constexpr size_t kParts = 3;

    LeftColumn(QWidget *guide, QWidget *compare, QWidget *parent);

    // Begins with the comparison when one begins. `settings`: the panel, where it is to be in here; else null.
    void setFrame(bool comparing, QWidget *settings);
    void choose(Part part);
    bool isComparing() const { return m_comparing; }
    Part chosen() const { return m_comparing ? m_chosen : Part::Guide; }

private:
    void show();

    std::array<QWidget *, kParts> m_parts{};
    std::array<QPushButton *, kParts> m_tabs{};
    QWidget *m_head;
    QVBoxLayout *m_column;
    Part m_chosen = Part::Guide;
    bool m_comparing = false;
};

} // namespace app
