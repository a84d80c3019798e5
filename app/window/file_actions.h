// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/export/export_options.h"
#include "app/run/session.h"

#include <QMimeData>
#include <QObject>

#include <functional>
#include <memory>

namespace app {

// Opening, saving and exporting, with the dialogs for it. What goes wrong is told in the words of the command line, and
// the running lab stays as it is.
class FileActions : public QObject {
    Q_OBJECT

public:
    FileActions(Session &session, QWidget *window);

    void askOpen();
    // A saved run goes along as the other one. False, and why is said, when it is none of this step.
    void askCompare();
    bool compareWith(const QString &path);
    void askSave();
    void askExport();
    // To the clipboard: pictures as pixels and SVG, data as a table.
    void copyStage();
    void copyChart(const resilience::sim::ChartSpec &chart);
    void copyChartData(const resilience::sim::ChartSpec &chart);
    // Asked before each export for the many runs that are there; null = none.
    void onMany(std::function<std::shared_ptr<const ManyExport>()> ask) { m_many = std::move(ask); }
    // A scenario, a session or an exported picture. True when it is open now.
    bool open(const QString &path);
    bool save(const QString &path);
    // Everything of the step into a folder. False when it is not done, or not before somebody has agreed that files are
    // replaced.
    bool exportTo(const QString &folder, const ExportOptions &options);

    // The file that is dragged onto the window, if there is exactly one.
    static QString droppedFile(const QMimeData *data);

private:
    void fail(const QString &title, const QString &message);
    // With the other run and many runs, where these are on the screen.
    ExportOptions withOther(ExportOptions options) const;
    void askToReplace(const QString &folder, const ExportOptions &options, const QStringList &existing);
    void copy(std::unique_ptr<QMimeData> picture);
    QString folder() const;
    void rememberFolder(const QString &path);

    Session &m_session;
    QWidget *m_window;
    std::function<std::shared_ptr<const ManyExport>()> m_many;
};

} // namespace app
