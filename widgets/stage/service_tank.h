// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sim/run/snapshot.h"
#include "widgets/look/theme.h"
#include "widgets/stage/stage_label.h"

#include <QRectF>

#include <optional>
#include <vector>

class QPainter;

namespace widgets {

// The queue of a service as a tank: a layer for each call in it, the next one at the bottom, and the workers below.
// What is done, or waits, for a caller who has given up is hatched.
struct ServiceTank {
    struct Layer {
        QRectF area;
        bool forNobody = false;
    };
    QRectF area; // of tank and workers, without the words
    QRectF walls; // open at the top
    std::vector<Layer> layers; // from the bottom; neighbours of the same kind are one
    std::vector<Layer> workers;
    std::vector<QRectF> idle; // workers
    uint32_t wanted = 0; // calls in the queue whose caller waits
    uint32_t forNobody = 0; // ... has given up
    std::vector<StageLabel> labels; // how full, for whom, whose workers
};

// Whether it has a queue to draw: workers that can all be busy.
bool hasTank(const resilience::sim::ServiceView &service);
double serviceTankWidth(const Theme &theme);
double leastTankWidth(const Theme &theme); // where there is little room // px, words included
// None where there is too little room.
std::optional<ServiceTank> layoutServiceTank(const resilience::sim::Snapshot &snapshot, uint32_t service,
                                             const QRectF &area, const Theme &theme);
void paintServiceTank(QPainter &painter, const ServiceTank &tank, const Theme &theme);

// How many calls wait at a service, those that it holds while it stands still included.
uint32_t waitingAt(const resilience::sim::Snapshot &snapshot, uint32_t service);
// How long the last of so many waits for a worker: waiting / (workers / latency).
resilience::Duration waitOfQueue(const resilience::sim::ServiceView &service, uint32_t waiting);

} // namespace widgets
