// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

namespace tests {

// A name that only its own source sees: defined in a nameless namespace, or static at namespace level.
struct FileLocalName {
    QString name;
    QString definition; // its tokens up to the body or the end, for messages and for aliases that are the same
    bool alias = false;
};

// Read by tokens, without a compiler: functions, variables, types and aliases, each once; operators and declarations
// that are followed by a definition count as one. `text` is a whole source.
QVector<FileLocalName> fileLocalNames(const QString &text);

} // namespace tests
