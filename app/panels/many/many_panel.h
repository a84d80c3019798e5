// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/panels/controls/scroll_card.h"
#include "app/sweep/many_book.h"

#include <array>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace app {

// Many runs at the left: what is to be varied, how far it is, and what came out.
class ManyPanel : public ScrollCard {
    Q_OBJECT

public:
    ManyPanel(ManyBook &book, Session &session, QWidget *parent);

    void setFrame();
    void begin(); // with what is chosen in the form, which is no knob at first

signals:
    void closeWanted();
    void exportWanted();

private:
    struct Axis {
        QComboBox *knob = nullptr; // its data: how it is written on the command line; "" = none
        QLineEdit *values = nullptr;
        QLabel *caption = nullptr;
    };
    struct RunRow {
        QLabel *words = nullptr;
        QPushButton *open = nullptr;
    };
    void buildForm();
    Axis makeAxis(const QString &caption, const char *name);
    void buildProgress();
    void buildResults();
    void fillKnobs();
    void fillMetrics();
    void propose(const Axis &axis);
    void showProgress();
    void showResults();
    std::optional<uint64_t> runOf(size_t row) const;

    ManyBook &m_book;
    Session &m_session;
    QLabel *m_about;
    std::array<Axis, 2> m_axes{};
    QComboBox *m_metric;
    QComboBox *m_seeds;
    QPushButton *m_compute;
    QLabel *m_refusal;
    QProgressBar *m_bar;
    QLabel *m_progress;
    QWidget *m_results;
    QLabel *m_own;
    std::array<RunRow, 3> m_rows{};
    uint64_t m_knobsOf = 0; // Session::run() that the knobs are offered for
    QString m_formOf; // ... and its scenario
    std::optional<ManyBook::Sight> m_seen; // that is shown
};

} // namespace app
