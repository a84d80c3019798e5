// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/monkey/sample_files.h"

#include "app/export/export_pictures.h"
#include "core/io/scenario/session_json.h"
#include "labs/catalog.h"
#include "tests/files.h"

#include <QDir>
#include <QFileInfo>

namespace tests {

using namespace resilience;
using namespace std::chrono_literals;

SampleFiles::SampleFiles()
{
    writeSessions();
    writePictures();
    writeDamaged();
    m_all << m_folder.filePath(QStringLiteral("not-there.json")) << m_folder.path();
}

QString SampleFiles::nameOf(const QString &path) const
{
    return path == folder() ? QStringLiteral("a folder") : QFileInfo(path).fileName();
}

void SampleFiles::write(const QString &name, const QByteArray &bytes)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qWarning("cannot write %s", qPrintable(name));
    m_all << file.fileName();
}

void SampleFiles::writeSessions()
{
    for (const labs::Lab &lab : labs::catalog()) {
        sim::Timeline run(lab.scenarios.back());
        run.runTo(at(12s));
        io::Session session = io::sessionOf(run, 12s);
        session.position = 7s;
        write(QString::fromStdString(lab.id) + QStringLiteral(".json"),
              QByteArray::fromStdString(io::sessionToJson(session)));
    }
}

void SampleFiles::writePictures()
{
    app::ExportOptions options;
    options.formats = {app::ExportFormat::Svg, app::ExportFormat::Pdf, app::ExportFormat::Png};
    options.size = {640, 360};
    sim::Timeline run(labs::catalog().front().scenarios.front());
    run.runTo(at(5s));
    const auto made = app::exportPictures(run, labs::catalog().front(), options,
                                          m_folder.filePath(QStringLiteral("pictures")).toStdString());
    if (made.error)
        qWarning("%s", qPrintable(*made.error));
    for (const QString &path : made.files) {
        if (!path.contains(QStringLiteral("-stage.")))
            continue;
        m_all << path;
        QByteArray bytes = contentsOf(path);
        const QString suffix = QFileInfo(path).suffix();
        write(QStringLiteral("half.") + suffix, bytes.left(bytes.size() / 2));
        for (qsizetype i = 20; i < bytes.size(); i += 97)
            bytes[i] = char(bytes[i] + 1);
        write(QStringLiteral("damaged.") + suffix, bytes);
    }
}

void SampleFiles::writeDamaged()
{
    write(QStringLiteral("empty.json"), {});
    write(QStringLiteral("empty.png"), {});
    write(QStringLiteral("half.json"), R"({"format":"resilience-lab/scenario/1","step":)");
    write(QStringLiteral("step.json"), R"({"format":"resilience-lab/scenario/1","step":"circut-breaker","name":"x"})");
    write(QStringLiteral("deep.json"), QByteArray(200'000, '['));
    write(QStringLiteral("large.json"), QByteArray(2 * 1024 * 1024, ' '));
    write(QStringLiteral("no-text.json"), QByteArray("\xff\xfe\x00\x80", 4));
    write(QStringLiteral("markup <b>&amp;\u202e.json"), R"({"format":"<img src='x'>"})");
    write(QStringLiteral("plain.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    write(QStringLiteral("large.svg"), "<svg>" + QByteArray(8 * 1024 * 1024, '<'));
    write(QStringLiteral("nothing.txt"), "nothing");
}

} // namespace tests
