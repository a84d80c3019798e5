// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace app {

// The context under which translators find the words of exports.
struct ExportTr {
    Q_DECLARE_TR_FUNCTIONS(Export)
};

} // namespace app
