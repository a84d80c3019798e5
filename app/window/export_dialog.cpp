// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace app {

using widgets::ThemeKind;

namespace {
struct NamedFormat {
    ExportFormat format;
    const char *name;
};
constexpr std::array kOfferedFormats{NamedFormat{ExportFormat::Svg, "SVG"}, NamedFormat{ExportFormat::Pdf, "PDF"},
                                     NamedFormat{ExportFormat::Png, "PNG"}, NamedFormat{ExportFormat::Csv, "CSV"}};
constexpr std::array<QSize, 4> kSizes{QSize(1280, 720), QSize(1920, 1080), QSize(960, 540), QSize(1024, 768)};
constexpr std::array kOfferedThemes{ThemeKind::Light, ThemeKind::Dark, ThemeKind::Lecture};

template <typename List, typename Value> int indexOf(const List &list, const Value &value)
{
    const auto found = std::find(list.begin(), list.end(), value);
    return found == list.end() ? 0 : int(found - list.begin());
}
} // namespace

ExportOptions ExportDialog::rememberedOptions()
{
    const QSettings settings;
    ExportOptions options;
    const QStringList formats = settings.value("export/formats").toStringList();
    if (!formats.isEmpty()) {
        options.formats.clear();
        for (const NamedFormat &named : kOfferedFormats)
            if (formats.contains(QLatin1String(named.name)))
                options.formats.push_back(named.format);
    }
    options.theme = kOfferedThemes[size_t(
        std::clamp(settings.value("export/theme", 0).toInt(), 0, int(kOfferedThemes.size()) - 1))];
    options.size = settings.value("export/size", options.size)
                       .toSize()
                       .expandedTo({ExportOptions::kLeast, ExportOptions::kLeast})
                       .boundedTo({ExportOptions::kMost, ExportOptions::kMost});
    options.dpi =
        std::clamp(settings.value("export/dpi", 192).toInt(), ExportOptions::kLeastDpi, ExportOptions::kMostDpi);
    options.ground = settings.value("export/ground", true).toBool();
    options.text = settings.value("export/outlined", false).toBool() ? ExportText::Outlined : ExportText::Live;
    return options;
}

ExportDialog::ExportDialog(QWidget *parent)
    : QDialog(parent), m_folder(new QLineEdit(this)), m_theme(new QComboBox(this)), m_size(new QComboBox(this)),
      m_dpi(new QSpinBox(this)), m_ground(new QCheckBox(tr("Paint the background"), this)),
      m_outlined(new QCheckBox(tr("SVG: letters as outlines"), this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("Export everything of this step"));
    const ExportOptions last = rememberedOptions();
    auto *form = new QFormLayout;
    addFolder(form);
    addFormats(form, last);
    addLook(form, last);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Export"));
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(m_buttons);
    checkComplete();
}

void ExportDialog::addFolder(QFormLayout *form)
{
    const QString home = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    m_folder->setText(
        QSettings().value("export/folder", QDir(home).filePath(QStringLiteral("resilience-lab"))).toString());
    m_folder->setMinimumWidth(320);
    m_folder->setAccessibleName(tr("Folder"));
    auto *choose = new QToolButton(this);
    choose->setText(tr("Choose…"));
    connect(choose, &QToolButton::clicked, this, [this] {
        const QString chosen = QFileDialog::getExistingDirectory(this, tr("Folder"), m_folder->text());
        if (!chosen.isEmpty())
            m_folder->setText(chosen);
    });
    connect(m_folder, &QLineEdit::textChanged, this, &ExportDialog::checkComplete);
    auto *row = new QHBoxLayout;
    row->addWidget(m_folder, 1);
    row->addWidget(choose);
    form->addRow(tr("Folder"), row);
}

void ExportDialog::addFormats(QFormLayout *form, const ExportOptions &last)
{
    auto *row = new QHBoxLayout;
    for (const NamedFormat &named : kOfferedFormats) {
        auto *box = new QCheckBox(QString::fromLatin1(named.name), this);
        box->setChecked(std::find(last.formats.begin(), last.formats.end(), named.format) != last.formats.end());
        connect(box, &QCheckBox::toggled, this, &ExportDialog::checkComplete);
        row->addWidget(box);
        m_formats.push_back(box);
    }
    row->addStretch(1);
    form->addRow(tr("Formats"), row);
}

void ExportDialog::addLook(QFormLayout *form, const ExportOptions &last)
{
    m_theme->addItems({tr("Light"), tr("Dark"), tr("Lecture")});
    m_theme->setCurrentIndex(indexOf(kOfferedThemes, last.theme));
    form->addRow(tr("Colours"), m_theme);
    for (const QSize &size : kSizes)
        m_size->addItem(tr("%1 × %2").arg(size.width()).arg(size.height()), size);
    if (m_size->findData(last.size) < 0)
        m_size->addItem(tr("%1 × %2").arg(last.size.width()).arg(last.size.height()), last.size);
    m_size->setCurrentIndex(m_size->findData(last.size));
    form->addRow(tr("Size"), m_size);
    m_dpi->setRange(ExportOptions::kLeastDpi, ExportOptions::kMostDpi);
    m_dpi->setValue(last.dpi);
    m_dpi->setSuffix(tr(" dpi"));
    m_dpi->setToolTip(tr("Of PNG pictures: 96 gives one pixel for each of the size, 192 two."));
    form->addRow(tr("Resolution"), m_dpi);
    m_ground->setChecked(last.ground);
    form->addRow(QString(), m_ground);
    m_outlined->setChecked(last.text == ExportText::Outlined);
    m_outlined->setToolTip(tr("Looks the same without our font, but can be neither edited nor searched."));
    form->addRow(QString(), m_outlined);
}

void ExportDialog::checkComplete()
{
    const bool any =
        std::any_of(m_formats.begin(), m_formats.end(), [](const QCheckBox *box) { return box->isChecked(); });
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(any && !m_folder->text().trimmed().isEmpty());
}

QString ExportDialog::folder() const { return m_folder->text().trimmed(); }

ExportOptions ExportDialog::options() const
{
    ExportOptions options;
    options.formats.clear();
    for (size_t i = 0; i < kOfferedFormats.size(); ++i)
        if (m_formats[i]->isChecked())
            options.formats.push_back(kOfferedFormats[i].format);
    options.theme = kOfferedThemes[size_t(m_theme->currentIndex())];
    options.size = m_size->currentData().toSize();
    options.dpi = m_dpi->value();
    options.ground = m_ground->isChecked();
    options.text = m_outlined->isChecked() ? ExportText::Outlined : ExportText::Live;
    return options;
}

void ExportDialog::remember() const
{
    QSettings settings;
    QStringList formats;
    for (size_t i = 0; i < kOfferedFormats.size(); ++i)
        if (m_formats[i]->isChecked())
            formats += QString::fromLatin1(kOfferedFormats[i].name);
    settings.setValue("export/folder", folder());
    settings.setValue("export/formats", formats);
    settings.setValue("export/theme", m_theme->currentIndex());
    settings.setValue("export/size", m_size->currentData().toSize());
    settings.setValue("export/dpi", m_dpi->value());
    settings.setValue("export/ground", m_ground->isChecked());
    settings.setValue("export/outlined", m_outlined->isChecked());
}

} // namespace app
