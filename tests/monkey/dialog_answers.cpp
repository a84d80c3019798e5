// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/monkey/dialog_answers.h"

#include "app/window/export_dialog.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>

namespace tests {

QString DialogAnswers::answer()
{
    if (QApplication::activePopupWidget())
        return {};
    auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
    if (!dialog)
        return {};
    if (auto *file = qobject_cast<QFileDialog *>(dialog))
        return answerFile(*file);
    if (auto *exporting = qobject_cast<app::ExportDialog *>(dialog))
        return answerExport(*exporting);
    return pressAButton(*dialog);
}

QString DialogAnswers::answerFile(QFileDialog &dialog)
{
    auto *name = dialog.findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
    if (!name || m_chance.bounded(4) == 0) {
        dialog.reject();
        return QStringLiteral("leaves the file dialog");
    }
    QString chosen = m_files.all().at(m_chance.bounded(int(m_files.all().size())));
    if (dialog.acceptMode() == QFileDialog::AcceptSave)
        chosen = QDir(m_files.folder()).filePath(QStringLiteral("saved-%1.json").arg(m_chance.bounded(5)));
    else if (dialog.fileMode() == QFileDialog::Directory)
        chosen = m_files.folder();
    name->setText(chosen);
    static_cast<QDialog &>(dialog).accept();
    if (dialog.isVisible() && dialog.result() == QDialog::Rejected && !QApplication::activePopupWidget()
        && QApplication::activeModalWidget() == &dialog)
        dialog.reject();
    return QStringLiteral("chooses the file ") + m_files.nameOf(chosen);
}

QString DialogAnswers::answerExport(app::ExportDialog &dialog)
{
    for (auto *box : dialog.findChildren<QCheckBox *>())
        if (m_chance.bounded(3) == 0)
            box->toggle();
    dialog.findChild<QLineEdit *>()->setText(
        QDir(m_files.folder()).filePath(QStringLiteral("export-%1").arg(m_chance.bounded(3))));
    return pressAButton(dialog);
}

QString DialogAnswers::pressAButton(QDialog &dialog)
{
    QList<QAbstractButton *> buttons;
    for (auto *button : dialog.findChildren<QAbstractButton *>())
        if (button->isVisible() && button->isEnabled())
            buttons << button;
    if (buttons.isEmpty()) {
        dialog.reject();
        return QStringLiteral("leaves a dialog");
    }
    auto *button = buttons.at(m_chance.bounded(int(buttons.size())));
    m_pointer.click(button, button->rect().center());
    return QStringLiteral("presses \"%1\" of %2").arg(button->text(), QLatin1String(dialog.metaObject()->className()));
}

bool DialogAnswers::leaveOne()
{
    if (QWidget *popup = QApplication::activePopupWidget()) {
        popup->close();
        return true;
    }
    if (auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget())) {
        dialog->reject();
        return true;
    }
    for (QWidget *top : QApplication::topLevelWidgets())
        if (auto *dialog = qobject_cast<QDialog *>(top); dialog && dialog->isVisible()) {
            dialog->reject();
            return true;
        }
    return false;
}

} // namespace tests
