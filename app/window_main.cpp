// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_main.h"

#include "app/run/run_file.h"
#include "app/window/autosave.h"
#include "app/window/main_window.h"
#include "labs/catalog.h"
#include "resources/load_resources.h"

#include <QApplication>
#include <QIcon>
#include <QSettings>

namespace app {

using namespace resilience;

namespace {
const labs::Lab &labToOpen(const WindowRequest &request)
{
    if (request.lab)
        return *request.lab;
    const labs::Lab *last = labs::labWithId(QSettings().value("window/step").toString().toStdString());
    return last ? *last : labs::catalog().front();
}
} // namespace

int runWindow(int &argc, char **argv, const WindowRequest &request)
{
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("resilience-lab"));
    QApplication::setApplicationName(QStringLiteral("resilience-lab"));
    QApplication::setApplicationDisplayName(QStringLiteral("Resilience Lab"));
    QApplication::setApplicationVersion(QStringLiteral(RESILIENCE_LAB_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("resilience-lab"));
    loadResources();
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/resilience-lab.svg")));

    MainWindow window(labToOpen(request));
    if (request.run)
        begin(window.session(), openedRun(*request.run));
    window.keepWorkIn(Autosave::usualFolder(), Autosave::kEvery);
    window.show();
    if (request.present)
        window.presenter().setActive(true);
    return QApplication::exec();
}

} // namespace app
