// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/check_command.h"
#include "app/command_line/command_line.h"
#include "app/command_line/drive_command.h"
#include "app/command_line/export_command.h"
#include "app/command_line/help_text.h"
#include "app/command_line/list_command.h"
#include "app/command_line/standard_streams.h"
#include "app/command_line/sweep_command.h"
#include "app/window_main.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLocale>
#include <QLoggingCategory>

#include <exception>
#include <iostream>
#include <new>

#include <unistd.h>

namespace {

using namespace app;

// Runs one command. The window and the export make their own application object; the others have no need of one.
struct Perform {
    int &argc;
    char **argv;

    int operator()(const HelpRequest &request) const { return print(helpText(request.command)); }
    int operator()(const VersionRequest &) const { return print("resilience-lab " RESILIENCE_LAB_VERSION "\n"); }
    int operator()(const ListRequest &request) const
    {
        (request.schema ? listSchema : request.json ? listAsJson : listAsText)(std::cout);
        return 0;
    }
    int operator()(const RunCommandRequest &request) const { return runHeadless(request, std::cout, std::cerr); }
    int operator()(const SweepRequest &request) const { return runSweep(request, std::cout, std::cerr); }
    int operator()(const DriveRequest &request) const
    {
        return drivePattern(request.pattern, request.config, std::cin, std::cout, std::cerr);
    }
    int operator()(const CheckRequest &request) const { return checkFiles(request.files, std::cout, std::cerr); }
    int operator()(const ExportRequest &request) const
    {
        return withoutDisplay([&] { return runExport(request); });
    }
    int operator()(const CompareRequest &request) const
    {
        const auto compare = [&] { return runCompare(request, std::cout, std::cerr); };
        return request.folder ? withoutDisplay(compare) : compare();
    }
    int operator()(const WindowRequest &request) const
    {
        const bool display = !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
                             || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
        if (display)
            return runWindow(argc, argv, request);
        std::cerr << "resilience-lab: found no display, expected DISPLAY or WAYLAND_DISPLAY to be set; `run` and "
                     "`export` need none\n";
        return 1;
    }

private:
    template <typename Act> int withoutDisplay(Act act) const
    {
        // Pictures are the same on every platform plugin, and this one never needs a display.
        if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
            qputenv("QT_QPA_PLATFORM", "offscreen");
        // Nor a login session. Without one Qt makes a folder to look into, and leaves it; one by this name goes again,
        // at the latest with the next export.
        const QByteArray runtime =
            QFile::encodeName(QDir::tempPath()) + "/resilience-lab-" + QByteArray::number(geteuid());
        const bool loggedIn = qEnvironmentVariableIsSet("XDG_RUNTIME_DIR");
        if (!loggedIn)
            qputenv("XDG_RUNTIME_DIR", runtime);
        // Qt warns of surroundings that only a desktop has; standard error is for what matters to this command.
        QLoggingCategory::setFilterRules("default.warning=false");
        const QApplication application(argc, argv);
        QLoggingCategory::setFilterRules({});
        if (!loggedIn)
            ::rmdir(runtime.constData());
        return act();
    }
    static int print(const std::string &text)
    {
        std::cout << text;
        return 0;
    }
};

} // namespace

int main(int argc, char **argv)
{
    openStandardStreams();
    std::ios::sync_with_stdio(false);
    QLocale::setDefault(QLocale::c()); // all words are English, and so are the numbers between them, on every machine
    try {
        const std::vector<std::string> words(argv + 1, argv + argc);
        const auto request = parseCommandLine(words);
        if (!request) {
            std::cerr << "resilience-lab: " << request.error().message() << '\n';
            return 2;
        }
        return endOfResults(std::visit(Perform{argc, argv}, *request), std::cout, std::cerr);
    } catch (const std::bad_alloc &) {
        std::cerr << "resilience-lab: the memory does not suffice\n";
        return 1;
    } catch (const std::exception &failure) {
        std::cerr << "resilience-lab: " << failure.what() << '\n';
        return 1;
    }
}
