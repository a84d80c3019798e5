// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sweep/many_book.h"
#include "widgets/many/many_picture.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace app {

// What the book has, as a picture: whose map has a cell for each of two knobs' values, or, of one knob, rows of how the
// unlucky, the middle and the lucky runs do.
widgets::ManyPicture manyPictureOf(const ManyBook &book, const Session &session);

// The run behind a cell of that map; none where there is none yet.
std::optional<uint64_t> runBehind(const ManyBook &book, size_t index);
// For who points at it: "Attempts at most 3, Calls per second 5/s: ..."
QString cellWords(const ManyBook &book, const Session &session, size_t index);

// "82.0 %, nine in ten from 31.0 % to 98.0 %"
QString spreadWords(const std::vector<double> &values, const resilience::sim::MetricSpec &metric);
// "seed 82: 97.0 %"
QString runWords(const ManyRuns &of, uint64_t run, size_t metric);

// Every run and every metric, as the command line's runs.csv has them without their fingerprints.
QByteArray manyTable(const ManyBook &book);

} // namespace app
