// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/look/theme.h"

#include <QString>

namespace app {

// The look of everything that is text, card or link in the window, by the dynamic property "role" of a widget (see
// panels/labels.h). Sliders, boxes, menus and dialogs are left to the desktop's style and the theme's palette.
QString styleSheetFor(const widgets::Theme &theme);

} // namespace app
