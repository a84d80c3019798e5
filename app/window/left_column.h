// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <array>

class QPushButton;
class QHBoxLayout;
class QVBoxLayout;

namespace app {

// The column at the left: the guide, and, while two runs are compared, what tells of them, and the settings where the
// two stages leave no room for them at the right; many runs, while they are looked at. One of these at a time, chosen
// above.
class LeftColumn : public QWidget {
    Q_OBJECT

public:
    enum class Part : uint8_t { Guide, Compare, Many, Settings };
    static constexpr size_t kParts = 4;

    LeftColumn(QWidget *guide, QWidget *compare, QWidget *many, QWidget *parent);

    // Begins with the comparison when one begins. `settings`: the panel, where it is to be in here; else null.
    void setFrame(bool comparing, QWidget *settings);
    // Many runs come with the question for them, and go when they are closed.
    void setMany(bool many);
    void choose(Part part);
    bool isComparing() const { return m_comparing; }
    bool hasMany() const { return m_many; }
    Part chosen() const { return m_comparing || m_many ? m_chosen : Part::Guide; }

signals:
    void chose(); // somebody has turned to another part

private:
    bool isThere(Part part) const;
    void show();

    std::array<QWidget *, kParts> m_parts{};
    std::array<QPushButton *, kParts> m_tabs{};
    QWidget *m_head;
    QVBoxLayout *m_column;
    Part m_chosen = Part::Guide;
    bool m_comparing = false;
    bool m_many = false;
};

} // namespace app
