// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/export/export_options.h"
#include "app/session/session.h"

#include <QObject>

class QMimeData;

namespace app {

// Opening, saving and exporting, with the dialogs for it. What goes wrong is told in the words of the command line, and
// the running lab stays as it is.
class FileActions : public QObject {
    Q_OBJECT

public:
    FileActions(Session &session, QWidget *window);

    void askOpen();
    void askSave();
    void askExport();
    void copyStage();
    // A scenario, a session or an exported picture. True when it is open now.
    bool open(const QString &path);
    bool save(const QString &path);
    // Everything of the step into a folder, as last chosen in the dialog.
    bool exportTo(const QString &folder, const ExportOptions &options);

    // The file that is dragged onto the window, if there is exactly one.
    static QString droppedFile(const QMimeData *data);

private:
    void fail(const QString &title, const QString &message);
    QString folder() const;
    void rememberFolder(const QString &path);

    Session &m_session;
    QWidget *m_window;
};

} // namespace app
