// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patterns/bulkhead.h"

#include <map>
#include <optional>
#include <vector>

namespace tests {

// The bulkhead's rules, written down as simply as can be: lists of caller numbers, searched from the front.
class NaiveBulkhead {
public:
    explicit NaiveBulkhead(const resilience::BulkheadConfig &config) : m_config(config) {}

    resilience::Admission::Kind acquire(int caller, resilience::Time now, std::optional<resilience::Time> deadline);
    resilience::Returned release(int caller, resilience::Time now);
    std::optional<resilience::Time> expiresAt(int caller) const;
    void pass(resilience::Time now);
    void reconfigure(const resilience::BulkheadConfig &config, resilience::Time now);

    struct Waiter {
        int caller;
        resilience::Time until;
        bool mayExpire;
    };
    std::vector<int> holding;
    std::vector<Waiter> waiting; // oldest first
    std::vector<int> granted; // by the latest call
    std::vector<int> expired;

private:
    void grant();

    resilience::BulkheadConfig m_config;
    resilience::Time m_now = resilience::kTimeZero;
};

} // namespace tests
