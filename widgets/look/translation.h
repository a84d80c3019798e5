// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

// The contexts under which translators find the words of each kind of stage.
namespace widgets {

struct ChartsTr {
    Q_DECLARE_TR_FUNCTIONS(Charts)
};
struct BreakerTr {
    Q_DECLARE_TR_FUNCTIONS(BreakerStage)
};
struct BulkheadTr {
    Q_DECLARE_TR_FUNCTIONS(BulkheadStage)
};
struct CapstoneTr {
    Q_DECLARE_TR_FUNCTIONS(CapstoneStage)
};
struct CombiningTr {
    Q_DECLARE_TR_FUNCTIONS(CombiningStage)
};
struct HealthTr {
    Q_DECLARE_TR_FUNCTIONS(HealthStage)
};
struct LegendTr {
    Q_DECLARE_TR_FUNCTIONS(Legend)
};
struct LimiterTr {
    Q_DECLARE_TR_FUNCTIONS(LimiterStage)
};
struct LockTr {
    Q_DECLARE_TR_FUNCTIONS(LockStage)
};
struct RetryTr {
    Q_DECLARE_TR_FUNCTIONS(RetryStage)
};
struct StageTr {
    Q_DECLARE_TR_FUNCTIONS(Stage)
};

} // namespace widgets
