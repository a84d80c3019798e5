// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/many/many_panel.h"

#include "app/panels/controls/elided_combo_box.h"
#include "app/panels/controls/labels.h"
#include "app/panels/many/many_words.h"
#include "app/panels/settings/shown_knob.h"
#include "core/io/sweep/vary_text.h"
#include "core/number_text.h"
#include "core/sim/sweep/statistics.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace app {

using namespace resilience;
using namespace resilience::sim;

namespace {

constexpr std::array kSeedCounts{50, 100, 200, 500, 1000};
constexpr int kUsualSeeds = 2; // its place

// Values around the present one, as they are written: six numbers, or all there are.
QString proposed(const ShownKnob &knob)
{
    const KnobSpec &spec = knob.spec();
    if (spec.kind == KnobSpec::Kind::Toggle)
        return QStringLiteral("off,on");
    if (spec.kind == KnobSpec::Kind::Choice) {
        QStringList names;
        for (const char *name : spec.choices)
            names << QString::fromUtf8(name);
        return names.join(u',');
    }
    const double now = knob.value();
    double low = std::clamp(now / 2, spec.minimum, spec.maximum);
    double high = std::clamp(now * 2, spec.minimum, spec.maximum);
    if (spec.kind == KnobSpec::Kind::Whole) {
        low = std::max(spec.minimum, std::floor(low));
        high = std::min(spec.maximum, std::max(std::ceil(high), low + 3));
        // Another setting may leave it less room.
        while (high > low && !knob.takes(high))
            --high;
        while (low < high && !knob.takes(low))
            ++low;
    } else if (low >= high) {
        high = std::min(spec.maximum, low + spec.step * 5);
    }
    const double most = spec.kind == KnobSpec::Kind::Whole ? high - low + 1 : 6;
    const auto round = [](double value) { return QString::fromStdString(shortNumber(std::round(value * 1e4) / 1e4)); };
    return QStringLiteral("%1..%2:%3").arg(round(low), round(high)).arg(std::clamp(int(most), 2, 6));
}

std::vector<ShownKnob> offered(const Session &session)
{
    std::vector<ShownKnob> all;
    const labs::Lab &lab = session.lab();
    for (const auto *ids : {&lab.mainKnobs, &lab.otherKnobs})
        for (const std::string &id : *ids)
            if (const auto knob = knobNamed(id); knob && knobs()[*knob].applies(session.timeline().world()))
                for (const ShownKnob &one : shownKnobs(session, *knob))
                    all.push_back(one);
    return all;
}

} // namespace

ManyPanel::ManyPanel(ManyBook &book, Session &session, QWidget *parent)
    : ScrollCard(parent), m_book(book), m_session(session)
{
    setObjectName(QStringLiteral("many"));
    buildForm();
    buildProgress();
    buildResults();
    body()->addStretch(1);
}

ManyPanel::Axis ManyPanel::makeAxis(const QString &caption, const char *name)
{
    Axis axis;
    QWidget *page = bodyWidget();
    axis.caption = makeLabel("caption", page, caption);
    axis.knob = new ElidedComboBox(page);
    axis.knob->setObjectName(QStringLiteral("many-") + QLatin1String(name));
    axis.knob->setAccessibleName(caption);
    axis.values = new QLineEdit(page);
    axis.values->setObjectName(QStringLiteral("many-values-") + QLatin1String(name));
    axis.values->setAccessibleName(tr("%1: values").arg(caption));
    axis.values->setToolTip(plainToolTip(tr("1,2,5 or LO..HI:N or LO..HI:N:log")));
    axis.values->setMaxLength(200);
    setRole(axis.values, "answer");
    body()->addWidget(axis.caption);
    body()->addWidget(axis.knob);
    body()->addWidget(axis.values);
    return axis;
}

void ManyPanel::buildForm()
{
    QWidget *page = bodyWidget();
    auto *head = new QHBoxLayout;
    head->addWidget(makeLabel("heading", page, tr("Many runs")), 1);
    auto *close = makeLink(tr("close"), "many-close", page);
    connect(close, &QPushButton::clicked, this, &ManyPanel::closeWanted);
    head->addWidget(close);
    body()->addLayout(head);
    m_about = makeLabel("quiet", page);
    body()->addWidget(m_about);
    m_axes = {makeAxis(tr("Across"), "across"), makeAxis(tr("Up"), "up")};
    for (const Axis &axis : m_axes)
        connect(axis.knob, &QComboBox::activated, this, [this, &axis] { propose(axis); });
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_metric = new ElidedComboBox(page);
    m_metric->setObjectName(QStringLiteral("many-metric"));
    m_metric->setAccessibleName(tr("Show"));
    connect(m_metric, &QComboBox::activated, this, [this](int index) { m_book.setMetric(size_t(index)); });
    m_seeds = new ElidedComboBox(page);
    m_seeds->setObjectName(QStringLiteral("many-seeds"));
    m_seeds->setAccessibleName(tr("Seeds"));
    for (const int count : kSeedCounts)
        m_seeds->addItem(tr("1 to %1").arg(count), count);
    m_seeds->setCurrentIndex(kUsualSeeds);
    const auto column = [&](const QString &caption, QComboBox *box, int stretch) {
        auto *lines = new QVBoxLayout;
        lines->setSpacing(2);
        lines->addWidget(makeLabel("caption", page, caption));
        lines->addWidget(box);
        row->addLayout(lines, stretch);
    };
    column(tr("Show"), m_metric, 3);
    column(tr("Seeds"), m_seeds, 2);
    body()->addLayout(row);
}

void ManyPanel::buildProgress()
{
    QWidget *page = bodyWidget();
    m_compute = new QPushButton(tr("Compute"), page);
    m_compute->setObjectName(QStringLiteral("many-compute"));
    setRole(m_compute, "choice");
    connect(m_compute, &QPushButton::clicked, this, [this] {
        if (m_book.running())
            m_book.cancel();
        else
            begin();
    });
    m_refusal = makeLabel("refusal", page);
    m_refusal->setObjectName(QStringLiteral("many-refusal"));
    showText(m_refusal, {});
    m_bar = new QProgressBar(page);
    m_bar->setObjectName(QStringLiteral("many-progress"));
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 1000);
    m_progress = makeLabel("quiet", page);
    body()->addWidget(m_compute);
    body()->addWidget(m_refusal);
    body()->addWidget(m_bar);
    body()->addWidget(m_progress);
}

void ManyPanel::buildResults()
{
    m_results = new QWidget(bodyWidget());
    auto *lines = new QVBoxLayout(m_results);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(4);
    lines->addWidget(makeRule(m_results));
    m_own = makeLabel("strong", m_results);
    lines->addWidget(m_own);
    lines->addWidget(makeLabel("caption", m_results, tr("Open a run")));
    const std::array names{tr("the unluckiest"), tr("in the middle"), tr("the luckiest")};
    const std::array ids{"many-worst", "many-middle", "many-best"};
    for (size_t i = 0; i < m_rows.size(); ++i) {
        auto *row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(makeLabel("body", m_results, names[i]), 0);
        m_rows[i].words = makeLabel("quiet", m_results);
        m_rows[i].words->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        row->addWidget(m_rows[i].words, 1);
        m_rows[i].open = makeLink(tr("open"), ids[i], m_results);
        row->addWidget(m_rows[i].open, 0);
        lines->addLayout(row);
        connect(m_rows[i].open, &QPushButton::clicked, this, [this, i] {
            if (const auto run = runOf(i))
                m_book.open(*m_book.plain(), *run);
        });
    }
    auto *links = new QHBoxLayout;
    links->setSpacing(14);
    auto *copy = makeLink(tr("copy the table"), "many-copy", m_results);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(manyTable(m_book))); });
    auto *save = makeLink(tr("export"), "many-export", m_results);
    connect(save, &QPushButton::clicked, this, &ManyPanel::exportWanted);
    links->addWidget(copy);
    links->addWidget(save);
    links->addStretch(1);
    lines->addLayout(links);
    body()->addWidget(m_results);
}

std::optional<uint64_t> ManyPanel::runOf(size_t row) const
{
    constexpr std::array shares{0.0, 0.5, 1.0};
    return m_book.plain() ? m_book.plain()->runAt(0, m_book.metric(), shares[row]) : std::nullopt;
}

// Of the scenario that is open; what was chosen stays chosen where it still applies.
void ManyPanel::fillKnobs()
{
    const auto all = offered(m_session);
    for (const Axis &axis : m_axes) {
        const QString chosen = axis.knob->currentData().toString();
        const QSignalBlocker quiet(axis.knob);
        axis.knob->clear();
        axis.knob->addItem(tr("no knob"), QString());
        for (const ShownKnob &knob : all)
            axis.knob->addItem(knob.label(), knob.key());
        axis.knob->setCurrentIndex(std::max(0, axis.knob->findData(chosen)));
        if (axis.knob->currentIndex() == 0)
            axis.values->clear();
    }
    const auto known = m_book.metrics().empty() ? metricsOf(m_session.scenario()) : m_book.metrics();
    const QSignalBlocker quiet(m_metric);
    m_metric->clear();
    for (const MetricSpec *metric : known)
        m_metric->addItem(QString::fromUtf8(metric->figure.word));
    m_metric->setCurrentIndex(int(m_book.metric()));
}

void ManyPanel::propose(const Axis &axis)
{
    const QString key = axis.knob->currentData().toString();
    axis.values->clear();
    for (const ShownKnob &knob : offered(m_session))
        if (knob.key() == key)
            axis.values->setText(proposed(knob));
    m_seen.reset();
    setFrame();
}

void ManyPanel::begin()
{
    std::vector<SweepAxis> axes;
    const KnobAddresses addresses(m_session.scenario());
    for (const Axis &axis : m_axes) {
        const QString key = axis.knob->currentData().toString();
        if (key.isEmpty())
            break; // the second knob only beside a first
        auto read = io::parseVary((key + u'=' + axis.values->text().simplified()).toStdString(), addresses,
                                  axis.caption->text().toStdString());
        if (!read)
            return showText(m_refusal, QString::fromStdString(read.error().message()));
        axes.push_back(std::move(*read));
    }
    const auto refused = m_book.compute(std::move(axes), m_seeds->currentData().toULongLong());
    showText(m_refusal, refused ? QString::fromStdString(refused->message()) : QString());
}

void ManyPanel::showProgress()
{
    const uint64_t all = m_book.all();
    m_compute->setText(m_book.running() ? tr("Cancel") : m_book.isEmpty() ? tr("Compute") : tr("Compute again"));
    m_bar->setVisible(!m_book.isEmpty());
    m_progress->setVisible(!m_book.isEmpty());
    if (all == 0)
        return;
    m_bar->setValue(int(1000 * m_book.done() / all));
    showText(m_progress, m_book.done() == all ? tr("%1 runs, all there").arg(all)
                                              : tr("%1 of %2 runs").arg(m_book.done()).arg(all));
}

void ManyPanel::showResults()
{
    m_results->setVisible(!m_book.isEmpty());
    if (m_book.isEmpty())
        return;
    const MetricSpec &metric = *m_book.metrics()[m_book.metric()];
    const auto own = m_book.own();
    showText(m_own, own ? tr("this run, seed %1: %2")
                              .arg(m_session.timeline().seed())
                              .arg(QString::fromStdString(figureText(metric.figure, own)))
                        : QString());
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const auto run = runOf(i);
        showText(m_rows[i].words, run ? runWords(*m_book.plain(), *run, m_book.metric()) : QStringLiteral("-"));
        m_rows[i].open->setEnabled(run.has_value());
    }
}

void ManyPanel::setFrame()
{
    if (!isVisible() || m_seen == m_book.sight())
        return;
    m_seen = m_book.sight();
    const auto &scenario = m_session.scenario();
    const QString form = QString::fromStdString(scenario.step + '/' + scenario.name);
    if (m_knobsOf != m_session.run() || form != m_formOf || m_metric->count() == 0) {
        m_knobsOf = m_session.run();
        m_formOf = form;
        fillKnobs();
    }
    showText(
        m_about,
        tr("%1, as it stands").arg(QString::fromStdString(scenario.title.empty() ? scenario.name : scenario.title)));
    for (const Axis &axis : m_axes)
        axis.values->setVisible(!axis.knob->currentData().toString().isEmpty());
    // The second knob only where there is a first.
    const bool hasFirst = !m_axes[0].knob->currentData().toString().isEmpty();
    m_axes[1].knob->setEnabled(hasFirst);
    m_metric->setCurrentIndex(int(m_book.metric()));
    showProgress();
    showResults();
}

} // namespace app
