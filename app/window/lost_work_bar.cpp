// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/lost_work_bar.h"

#include "app/panels/controls/labels.h"
#include "app/panels/time_words.h"
#include "app/run/prepared_run.h"
#include "app/window/file_actions.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace app {

LostWorkBar::LostWorkBar(Session &session, FileActions &files, QWidget *parent)
    : QFrame(parent), m_session(session), m_files(files), m_words(makeLabel("body", this))
{
    setObjectName(QStringLiteral("lost-work"));
    setRole(this, "watch");
    m_words->setObjectName(QStringLiteral("lost-work-words"));
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(16, 4, 16, 4);
    line->setSpacing(16);
    line->addWidget(m_words, 1);
    const auto addButton = [&](const char *name, const QString &text) {
        auto *button = new QPushButton(text, this);
        button->setObjectName(QString::fromLatin1(name));
        setRole(button, "link");
        line->addWidget(button);
        return button;
    };
    connect(addButton("lost-work-open", tr("Bring it back")), &QPushButton::clicked, this, [this] {
        m_files.open(m_autosave->lost().back().path);
        m_autosave->dropLost();
        offer();
    });
    connect(addButton("lost-work-drop", tr("Discard")), &QPushButton::clicked, this, [this] {
        m_autosave->dropLost();
        offer();
    });
    hide();
}

void LostWorkBar::keepIn(const QString &folder, std::chrono::milliseconds every)
{
    m_autosave = std::make_unique<Autosave>(m_session, folder, every);
    offer();
}

void LostWorkBar::forget()
{
    if (m_autosave)
        m_autosave->forget();
}

void LostWorkBar::setHushed(bool hushed)
{
    m_hushed = hushed;
    showOffer();
}

// The latest; what cannot be read is of no use to anybody.
void LostWorkBar::offer()
{
    while (!m_autosave->lost().empty()) {
        const auto run = prepareFile(m_autosave->lost().back().path.toStdString());
        if (run) {
            const auto &kept = run->session;
            m_words->setText(
                tr("The program ended early. What was open is kept: %1 · %2, at %3")
                    .arg(QString::fromStdString(run->lab->title), QString::fromStdString(kept.scenario.title),
                         clockText(resilience::at(kept.position.value_or(kept.until)), kept.scenario.until)));
            break;
        }
        m_autosave->dropLost();
    }
    showOffer();
}

void LostWorkBar::showOffer()
{
    const bool shown = m_autosave && !m_autosave->lost().empty() && !m_hushed;
    if (shown == !isHidden())
        return;
    setVisible(shown);
    emit changed();
}

} // namespace app
