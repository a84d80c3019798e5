// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/load_resources.h"

#include <QFontDatabase>
#include <QtGlobal>

// The macro inside names a function of the global namespace, so this one has to stand there too.
static bool loadOnce()
{
    // A static library's resources are dropped by the linker unless somebody asks for them.
    Q_INIT_RESOURCE(resilience_lab);
    for (const char *face : {"Regular", "SemiBold", "Bold"}) {
        const QString file = QStringLiteral(":/fonts/Inter-%1.otf").arg(QLatin1String(face));
        if (QFontDatabase::addApplicationFont(file) < 0)
            qWarning("%s cannot be read; another font takes its place", qPrintable(file));
    }
    return true;
}

void loadResources() { [[maybe_unused]] static const bool once = loadOnce(); }
