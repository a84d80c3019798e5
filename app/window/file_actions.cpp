// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/file_actions.h"

#include "app/export/export_pictures.h"
#include "app/run/run_file.h"
#include "app/window/export_dialog.h"

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QUrl>

namespace app {

namespace {
constexpr const char *kFolder = "files/folder";
}

FileActions::FileActions(Session &session, QWidget *window) : QObject(window), m_session(session), m_window(window) {}

void FileActions::fail(const QString &title, const QString &message)
{
    auto *box = new QMessageBox(QMessageBox::Warning, title, message, QMessageBox::Ok, m_window);
    box->setObjectName(QStringLiteral("failure"));
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

QString FileActions::folder() const
{
    const QString home = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QSettings().value(kFolder, home).toString();
}

void FileActions::rememberFolder(const QString &path) { QSettings().setValue(kFolder, QFileInfo(path).absolutePath()); }

void FileActions::askOpen()
{
    const QString path = QFileDialog::getOpenFileName(
        m_window, tr("Open"), folder(),
        tr("Scenarios, sessions and exported pictures (*.json *.png *.svg *.pdf);;All files (*)"));
    if (!path.isEmpty() && open(path))
        rememberFolder(path);
}

bool FileActions::open(const QString &path)
{
    auto opened = readRun(path);
    if (!opened) {
        fail(tr("This file cannot be opened"), QString::fromStdString(opened.error().message()));
        return false;
    }
    app::open(m_session, std::move(*opened));
    return true;
}

void FileActions::askCompare()
{
    const QString path = QFileDialog::getOpenFileName(m_window, tr("Compare with a saved run"), folder(),
                                                      tr("Sessions and exported pictures (*.json *.png *.svg *.pdf)"));
    if (!path.isEmpty() && compareWith(path))
        rememberFolder(path);
}

bool FileActions::compareWith(const QString &path)
{
    auto opened = readRun(path);
    QString why = opened ? QString() : QString::fromStdString(opened.error().message());
    if (opened && opened->lab != &m_session.lab())
        why = tr("%1: found a run of the step \"%2\", expected one of \"%3\"")
                  .arg(path, QString::fromStdString(opened->lab->title), QString::fromStdString(m_session.lab().title));
    if (!why.isEmpty()) {
        fail(tr("This run cannot be compared"), why);
        return false;
    }
    const std::string name =
        opened->kept.ourName.empty() ? QFileInfo(path).completeBaseName().toStdString() : opened->kept.ourName;
    m_session.compareWith(std::move(opened->run), name);
    return true;
}

// While two runs are compared, pictures show both.
ExportOptions FileActions::withOther(ExportOptions options) const
{
    if (m_many)
        options.many = m_many();
    if (!m_session.comparing())
        return options;
    const auto &apart = m_session.firstDifference();
    options.beside = std::make_shared<const RunBeside>(
        RunBeside{m_session.otherRun(), QString::fromStdString(m_session.otherName()),
                  QString::fromStdString(m_session.ourName()), apart ? std::optional(apart->at) : std::nullopt});
    return options;
}

void FileActions::askSave()
{
    const QString name = QString::fromStdString(m_session.scenario().name) + QStringLiteral("-session.json");
    const QString path = QFileDialog::getSaveFileName(m_window, tr("Save session"), QDir(folder()).filePath(name),
                                                      tr("Sessions (*.json)"));
    if (!path.isEmpty() && save(path))
        rememberFolder(path);
}

bool FileActions::save(const QString &path)
{
    const auto failure = saveRun(m_session, path);
    if (failure)
        fail(tr("The session is not saved"), QString::fromStdString(failure->message()));
    return !failure;
}

void FileActions::askExport()
{
    ExportDialog dialog(m_window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    dialog.remember();
    exportTo(dialog.folder(), dialog.options());
}

bool FileActions::exportTo(const QString &folder, const ExportOptions &options)
{
    const ExportResult result = exportPictures(m_session.timeline(), m_session.lab(), withOther(options),
                                               QFile::encodeName(folder).toStdString());
    if (!result.existing.isEmpty()) {
        askToReplace(folder, options, result.existing);
        return false;
    }
    if (result.error) {
        fail(tr("Nothing was exported"), *result.error);
        return false;
    }
    auto *box = new QMessageBox(QMessageBox::Information, tr("Exported"),
                                (result.files.size() == 1 ? tr("1 file in %1").arg(folder)
                                                          : tr("%1 files in %2").arg(result.files.size()).arg(folder)),
                                QMessageBox::Ok, m_window);
    box->setObjectName(QStringLiteral("exported"));
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
    return true;
}

void FileActions::askToReplace(const QString &folder, const ExportOptions &options, const QStringList &existing)
{
    const QString what = existing.size() == 1
                             ? tr("%1 is there already.").arg(existing.front())
                             : tr("%1 and %n more are there already.", nullptr, static_cast<int>(existing.size()) - 1)
                                   .arg(existing.front());
    auto *box =
        new QMessageBox(QMessageBox::Question, tr("Replace what is there?"), what, QMessageBox::Cancel, m_window);
    box->setObjectName(QStringLiteral("replace"));
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto *replace = box->addButton(tr("Replace"), QMessageBox::AcceptRole);
    replace->setObjectName(QStringLiteral("replace-button"));
    connect(replace, &QPushButton::clicked, this, [this, folder, options] {
        ExportOptions again = options;
        again.overwrite = true;
        exportTo(folder, again);
    });
    box->open();
}

void FileActions::copyStage()
{
    copy(stageForClipboard(m_session.timeline(), m_session.lab(), withOther(ExportDialog::rememberedOptions())));
}

void FileActions::copyChart(const resilience::sim::ChartSpec &chart)
{
    copy(chartForClipboard(m_session.timeline(), m_session.lab(), chart, withOther(ExportDialog::rememberedOptions())));
}

void FileActions::copyChartData(const resilience::sim::ChartSpec &chart)
{
    auto data = std::make_unique<QMimeData>();
    const QByteArray table = chartData(m_session.timeline(), chart);
    data->setData(QStringLiteral("text/csv"), table);
    data->setText(QString::fromUtf8(table));
    copy(std::move(data));
}

void FileActions::copy(std::unique_ptr<QMimeData> picture)
{
    if (picture)
        QGuiApplication::clipboard()->setMimeData(picture.release());
    else
        fail(tr("Nothing was copied"), tr("The picture could not be made."));
}

QString FileActions::droppedFile(const QMimeData *data)
{
    const QList<QUrl> urls = data ? data->urls() : QList<QUrl>();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

} // namespace app
