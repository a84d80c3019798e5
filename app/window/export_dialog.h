// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/export/export_options.h"

#include <QDialog>

#include <vector>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace app {

// Where to and how: folder, formats, colours, size, dpi, background. Starts with what was chosen last.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    explicit ExportDialog(QWidget *parent = nullptr);

    ExportOptions options() const;
    QString folder() const;
    void remember() const;
    static ExportOptions rememberedOptions();

private:
    void addFolder(QFormLayout *form);
    void addFormats(QFormLayout *form, const ExportOptions &last);
    void addLook(QFormLayout *form, const ExportOptions &last);
    void checkComplete();

    QLineEdit *m_folder;
    std::vector<QCheckBox *> m_formats;
    QComboBox *m_theme;
    QComboBox *m_size;
    QSpinBox *m_dpi;
    QCheckBox *m_ground;
    QCheckBox *m_outlined;
    QDialogButtonBox *m_buttons;
};

} // namespace app
