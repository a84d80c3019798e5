// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/run_file.h"

#include "app/export/embedded_session.h"
#include "app/session/session.h"
#include "core/io/atomic_file.h"
#include "core/io/session_json.h"

#include <QFile>
#include <QFileInfo>

namespace app {

using namespace resilience;

namespace {

constexpr qint64 kMostPictureBytes = 64 * 1024 * 1024;

bool isPicture(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    const bool named =
        suffix == QLatin1String("png") || suffix == QLatin1String("svg") || suffix == QLatin1String("pdf");
    return named && QFileInfo(path).isFile();
}

io::OrError<PreparedRun> preparePicture(const QString &path)
{
    const std::string name = path.toStdString();
    QFile file(path);
    if (file.size() > kMostPictureBytes)
        return io::InputError{name, "", std::to_string(file.size()) + " bytes", "a picture of at most 64 MiB", ""};
    if (!file.open(QIODevice::ReadOnly))
        return io::InputError{name, "", file.errorString().toStdString(), "a picture that can be read", ""};
    const auto text = sessionInPicture(file.readAll());
    if (!text)
        return io::InputError{name, "", "a picture without a session", "one that this program exported", ""};
    auto read = io::readRunFile(text->toStdString(), name);
    if (!read)
        return read.error();
    const auto lab = labNamed(read->session.scenario.step, "/scenario/step");
    if (!lab) {
        io::InputError error = lab.error();
        error.file = name;
        return error;
    }
    return PreparedRun{*lab, std::move(read->session)};
}

} // namespace

OpenedRun openedRun(const PreparedRun &prepared)
{
    const io::Session &saved = prepared.session;
    sim::Timeline run = prepared.timeline();
    const bool touched = saved.journal != saved.scenario.script || saved.seed != saved.scenario.seed;
    if (saved.position || touched) {
        // All that was played, so that charts and lanes are as they were; then the moment that was on screen.
        run.runTo(at(saved.until));
        run.runTo(at(saved.position.value_or(saved.until)));
    }
    return {prepared.lab, std::move(run)};
}

io::OrError<OpenedRun> readRun(const QString &path)
{
    const auto prepared = isPicture(path) ? preparePicture(path) : prepareFile(path.toStdString());
    if (!prepared)
        return prepared.error();
    return openedRun(*prepared);
}

std::optional<io::InputError> saveRun(const Session &session, const QString &path)
{
    const sim::Timeline &run = session.timeline();
    io::Session saved = io::sessionOf(run, run.frontier().time_since_epoch());
    saved.position = run.now().time_since_epoch();
    return io::AtomicFile::write(path.toStdString(), io::sessionToJson(saved));
}

} // namespace app
