// SPDX-License-Identifier: MIT
#pragma once

#include "core/patterns/pipeline/call_walk.h"
#include "core/runtime/call.h"
#include "core/runtime/pipeline_setup.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

namespace resilience::runtime {

/// How an attempt, or a fallback, went.
struct AttemptResult {
    AttemptAnswer answer;
    std::exception_ptr error;
    bool hasValue = false; // in its slot
};

/// The caller's own code, which may throw whatever it likes. Throws only what the setup's judge throws. `callers` = the
/// caller's request to stop, under which an exception is a cancellation.
AttemptResult runAttempt(Call &call, const PipelineSetup &setup, const std::stop_token &callers, const Attempt &attempt,
                         void *slot);
AttemptResult runFallback(Call &call, const PipelineSetup &setup, const std::stop_token &callers,
                          const ValuelessEnding &primary, void *primarySlot, void *slot);

/// What runs on threads for one hedged call: attempts side by side, and fallbacks inside of hedging. The call's own
/// thread starts them, takes what they bring, and lets go of those that it needs no more; these keep this, and what
/// permits they have, until they come back.
class HedgedAttempts : public std::enable_shared_from_this<HedgedAttempts> {
public:
    struct One {
        uint32_t strand = 0;
        uint32_t attempt = 0; // as it was sent; 0 = a fallback
        uint32_t number = 0; // names its result in the call's ending
        std::shared_ptr<void> slot;
        std::stop_source stop;
        AttemptResult outcomes; // once it has come back
        enum class State : uint8_t { Running, Back, LetGo } state = State::Running;
        bool returned = false;
        std::vector<KeptPermit> kept; // let go: permits that it gives back when it returns
    };
    using Task = std::function<AttemptResult(One &one)>;

    HedgedAttempts(std::shared_ptr<const PipelineSetup> setup, std::shared_ptr<Call> call)
        : m_setup(std::move(setup)), m_call(std::move(call))
    {
    }

    /// On a thread of the executor; where there is none, the outcome says so.
    void start(const std::shared_ptr<One> &one, const std::stop_token &callers, Task task);
    /// The next that has come back, in the order in which they came; null = none.
    std::shared_ptr<One> takeBack();
    /// Asks it to stop, and is not interested in what it still brings. False when it is back already.
    bool letGo(One &one);
    /// It gives these back when it returns, or at once if it has.
    void keep(One &one, std::vector<KeptPermit> kept);
    /// Asks this to stop when somebody comes back; false, and nothing noted, when somebody is back.
    bool wakeOnReturn(const std::stop_source &wake);

    Call &call() const { return *m_call; }
    const PipelineSetup &setup() const { return *m_setup; }

private:
    void comeBack(const std::shared_ptr<One> &one, AttemptResult outcomes);

    const std::shared_ptr<const PipelineSetup> m_setup;
    const std::shared_ptr<Call> m_call;
    std::mutex m_mutex; // for what follows, and the state of each
    std::vector<std::shared_ptr<One>> m_back;
    size_t m_taken = 0;
    std::stop_source m_wake{std::nostopstate};
};

} // namespace resilience::runtime
