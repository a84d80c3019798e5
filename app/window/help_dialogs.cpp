// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/help_dialogs.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QMenu>
#include <QScreen>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace app {

namespace {

constexpr double kOfTheScreen = 0.85; // at most; the text scrolls

QString tr(const char *text) { return QCoreApplication::translate("Help", text); }

QDialog *makeDialog(QWidget *window, const char *name)
{
    auto *dialog = new QDialog(window);
    dialog->setObjectName(QString::fromLatin1(name));
    QObject::connect(dialog, &QDialog::finished, dialog, [dialog] {
        dialog->setObjectName({}); // so that it is not found on its way out
        dialog->deleteLater();
    });
    auto *text = new QTextBrowser(dialog);
    text->setFrameShape(QFrame::NoFrame);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *column = new QVBoxLayout(dialog);
    column->addWidget(text);
    column->addWidget(buttons);
    const int em = dialog->fontMetrics().height();
    const QSize screen = window->screen()->availableSize();
    dialog->resize(QSize(em * 32, em * 30).boundedTo(screen * kOfTheScreen));
    return dialog;
}

// In the dialog of that name, which may be open already: asked for again, it comes to the front.
void showText(QWidget *window, const QString &title, const QString &html, const char *name)
{
    auto *dialog = window->findChild<QDialog *>(QLatin1String(name));
    if (!dialog)
        dialog = makeDialog(window, name);
    dialog->setWindowTitle(title);
    dialog->findChild<QTextBrowser *>()->setHtml(html);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

QString keyRow(const QString &keys, const QString &what)
{
    return QStringLiteral("<tr><td style='padding:2px 24px 2px 0'><b>%1</b></td><td style='padding:2px 0'>%2</td></tr>")
        .arg(keys.toHtmlEscaped(), what.toHtmlEscaped());
}

QString rowsOf(const QMenu &menu)
{
    QString rows;
    for (const QAction *action : menu.actions()) {
        QStringList keys;
        for (const QKeySequence &key : action->shortcuts())
            keys += key.toString(QKeySequence::NativeText);
        if (!keys.isEmpty() && action->isVisible())
            rows += keyRow(keys.join(tr(" or ")), action->text().remove(u'&'));
    }
    return rows;
}

// Under its title; also of the menus within it.
QString sectionOf(const QMenu &menu)
{
    QString rows = rowsOf(menu);
    for (const QAction *entry : menu.actions())
        if (entry->menu())
            rows += rowsOf(*entry->menu());
    return QStringLiteral("<tr><td colspan='2' style='padding:10px 0 2px 0'><big><b>%1</b></big></td></tr>%2")
        .arg(menu.title().remove(u'&').toHtmlEscaped(), rows);
}

QString paragraph(const std::string &text)
{
    return QStringLiteral("<p>%1</p>").arg(QString::fromStdString(text).toHtmlEscaped());
}

} // namespace

void showShortcuts(QWidget *window, const QMenu &menu, const QMenu &first)
{
    QString rows = sectionOf(first);
    rows += keyRow(QStringLiteral("1 – 9"), tr("Answer a question"));
    rows +=
        keyRow(tr("Tab, then Return"), tr("Why? of a thing on the stage; a service or a node fails, or is well again"));
    rows += keyRow(tr("Up or Down"), tr("To what lies beside it on the stage"));
    for (const QAction *entry : menu.actions())
        if (entry->menu() && entry->menu() != &first)
            rows += sectionOf(*entry->menu());
    rows += rowsOf(menu);
    showText(window, tr("Keys"), QStringLiteral("<table>%1</table>").arg(rows), "shortcuts-dialog");
}

void showSimplified(QWidget *window, const resilience::labs::Lab &lab)
{
    const QString html = QStringLiteral("<h3>%1</h3>%2<h3>%3</h3>%4")
                             .arg(tr("What is simplified here"), paragraph(lab.guide.simplified),
                                  tr("What this step does not solve"), paragraph(lab.guide.notSolved));
    showText(window, QString::fromStdString(lab.title), html, "simplified-dialog");
}

void showAbout(QWidget *window)
{
    const QString html =
        QStringLiteral("<h3>Resilience Lab %1</h3><p>%2</p><p>%3</p><p>%4</p>")
            .arg(QCoreApplication::applicationVersion().toHtmlEscaped(),
                 tr("A lab to see, break and understand the patterns that keep distributed systems alive."),
                 tr("Free software: GPL 3 or later; the library in core/ under the MIT licence."),
                 tr("Colours after Wong, Nature Methods 8 (2011) 441. Type: Inter, under the SIL Open Font License."));
    showText(window, tr("About Resilience Lab"), html, "about-dialog");
}

} // namespace app
