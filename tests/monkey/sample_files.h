// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QTemporaryDir>

namespace tests {

// A folder with what people may open: sessions of every lab, a scenario, pictures that carry a session, and what is
// damaged, too large, empty, no file, or not there.
class SampleFiles {
public:
    SampleFiles();

    const QStringList &all() const { return m_all; }
    // Its name, or what it is: the same in each run.
    QString nameOf(const QString &path) const;
    // Where something may be saved or exported to.
    QString folder() const { return m_folder.path(); }

private:
    void writeSessions();
    void writePictures();
    void writeDamaged();
    void write(const QString &name, const QByteArray &bytes);

    QTemporaryDir m_folder;
    QStringList m_all;
};

} // namespace tests
