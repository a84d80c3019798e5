// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QObject>

#include <array>
#include <optional>

namespace app {

// What the window looks like as chosen by people: colours, text size, motion, and what is folded away. Remembered from
// one start to the next. Applying it sets palette, font and style sheet of the whole program.
class Appearance : public QObject {
    Q_OBJECT

public:
    enum class Colours : uint8_t { Desktop, Light, Dark, Lecture };
    static constexpr std::array kTextScales{1.0, 1.25, 1.5, 1.75, 2.0};

    // Reads what was remembered.
    explicit Appearance(QObject *parent = nullptr);

    Colours colours() const { return m_colours; }
    double textScale() const { return m_textScale; }
    bool reducedMotion() const { return m_reducedMotion; }
    bool logVisible() const { return m_logVisible; }
    bool countersVisible() const { return m_countersVisible; }

    void setColours(Colours colours);
    void setTextScale(double scale); // brought to the nearest of kTextScales
    void setReducedMotion(bool reduced);
    void setLogVisible(bool visible);
    void setCountersVisible(bool visible);
    // Presenter mode on a window of this height: black on white, and type that can be read at the back of a hall. 0
    // ends it; not remembered.
    void setPresenting(int height);
    // Of the body text to the height of the window; what is smaller cannot be read from the last rows.
    static constexpr double kHallShare = 0.03;

    widgets::Theme theme() const;
    // To palette, font and style sheet of the program.
    void apply() const;

signals:
    void changed();

private:
    void remember(const char *key, const QVariant &value);
    void followDesktop();

    Colours m_colours = Colours::Desktop;
    double m_textScale = 1.0;
    bool m_reducedMotion = false;
    bool m_logVisible = false;
    bool m_countersVisible = true;
    int m_presenting = 0; // the height
    bool m_desktopIsDark = false;
};

} // namespace app
