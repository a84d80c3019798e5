// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/monkey/pointer.h"
#include "tests/monkey/sample_files.h"

#include <QRandomGenerator>
#include <QString>

class QDialog;
class QFileDialog;

namespace app {
class ExportDialog;
}

namespace tests {

// Answers dialogs that somebody has to answer before going on, such that nothing happens outside of the samples'
// folder.
class DialogAnswers {
public:
    DialogAnswers(Pointer &pointer, const SampleFiles &files, QRandomGenerator &chance)
        : m_pointer(pointer), m_files(files), m_chance(chance)
    {
    }

    // Answers the dialog that is in front, and says how; empty when there is none.
    QString answer();
    // Leaves everything that is open, one at a time. False when nothing is.
    static bool leaveOne();

private:
    QString answerFile(QFileDialog &dialog);
    QString answerExport(app::ExportDialog &dialog);
    QString pressAButton(QDialog &dialog);

    Pointer &m_pointer;
    const SampleFiles &m_files;
    QRandomGenerator &m_chance;
};

} // namespace tests
