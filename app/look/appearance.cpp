// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/look/appearance.h"

#include "app/look/style_sheet.h"

#include <QApplication>
#include <QSettings>
#include <QStyleHints>

#include <algorithm>
#include <cmath>

namespace app {

using widgets::Theme;
using widgets::ThemeKind;

namespace {
constexpr const char *kColours = "appearance/colours";
constexpr const char *kTextScale = "appearance/textScale";
constexpr const char *kReducedMotion = "appearance/reducedMotion";
constexpr const char *kLog = "appearance/log";
constexpr const char *kCounters = "appearance/counters";

double nearestScale(double scale)
{
    return *std::min_element(Appearance::kTextScales.begin(), Appearance::kTextScales.end(),
                             [scale](double a, double b) { return std::abs(a - scale) < std::abs(b - scale); });
}
} // namespace

Appearance::Appearance(QObject *parent) : QObject(parent)
{
    const QSettings settings;
    m_colours = Colours(std::clamp(settings.value(kColours, 0).toInt(), 0, 3));
    m_textScale = nearestScale(settings.value(kTextScale, 1.0).toDouble());
    m_reducedMotion = settings.value(kReducedMotion, false).toBool();
    m_logVisible = settings.value(kLog, false).toBool();
    m_countersVisible = settings.value(kCounters, true).toBool();
    followDesktop();
}

// Before Qt 6.5 the desktop's palette is all there is to see, and only until the program sets its own.
void Appearance::followDesktop()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const auto look = [this] { m_desktopIsDark = qApp->styleHints()->colorScheme() == Qt::ColorScheme::Dark; };
    look();
    connect(qApp->styleHints(), &QStyleHints::colorSchemeChanged, this, [this, look] {
        look();
        emit changed();
    });
#else
    static const bool startedDark = QGuiApplication::palette().color(QPalette::Window).lightness()
                                    < QGuiApplication::palette().color(QPalette::WindowText).lightness();
    m_desktopIsDark = startedDark;
#endif
}

void Appearance::remember(const char *key, const QVariant &value)
{
    QSettings().setValue(key, value);
    emit changed();
}

void Appearance::setColours(Colours colours)
{
    m_colours = colours;
    remember(kColours, int(colours));
}

void Appearance::setTextScale(double scale)
{
    m_textScale = nearestScale(scale);
    remember(kTextScale, m_textScale);
}

void Appearance::setReducedMotion(bool reduced)
{
    m_reducedMotion = reduced;
    remember(kReducedMotion, reduced);
}

void Appearance::setLogVisible(bool visible)
{
    m_logVisible = visible;
    remember(kLog, visible);
}

void Appearance::setCountersVisible(bool visible)
{
    m_countersVisible = visible;
    remember(kCounters, visible);
}

void Appearance::setPresenting(int height)
{
    if (m_presenting == height)
        return;
    m_presenting = height;
    emit changed();
}

Theme Appearance::theme() const
{
    if (m_presenting > 0) {
        const double body = Theme::light().font(widgets::TextSize::Body).pixelSize();
        return Theme::lecture(std::max(m_textScale, m_presenting * kHallShare / body));
    }
    switch (m_colours) {
    case Colours::Light:
        return Theme::light(m_textScale);
    case Colours::Dark:
        return Theme::dark(m_textScale);
    case Colours::Lecture:
        return Theme::make(ThemeKind::Lecture, m_textScale);
    case Colours::Desktop:
        break;
    }
    return m_desktopIsDark ? Theme::dark(m_textScale) : Theme::light(m_textScale);
}

void Appearance::apply() const
{
    const Theme look = theme();
    QApplication::setPalette(look.palette());
    QApplication::setFont(look.font(widgets::TextSize::Body));
    // Every widget is dressed anew by that, whether it differs or not.
    const QString sheet = styleSheetFor(look);
    if (sheet != qApp->styleSheet())
        qApp->setStyleSheet(sheet);
}

} // namespace app
