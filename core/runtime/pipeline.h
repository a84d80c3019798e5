// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/call.h"
#include "core/runtime/call_run.h"
#include "core/runtime/pipeline_setup.h"

#include <memory>
#include <type_traits>
#include <utility>

namespace resilience::runtime {

/// Calls through nested policies, in the order of its configuration: a policy acts on what is inside it, as often as
/// what is outside lets it. Every retry and every hedge passes those inside it again. To be called by any number of
/// threads at once. CallWalk tells the rules; a simulation's resilience::Pipeline keeps the very same.
///
/// A refusal is a value, and neutral to every breaker. A rejection is retried only if retry_rejected says so. After a
/// request to stop, an exception is a cancellation: neutral, and not retried. At the end of its time an attempt is
/// asked to stop; what it still brings is too late and destroyed at once. Its permits and slots come back when it
/// returns.
///
/// Hedging. The attempts run on the executor's threads and use the callable at once, and those that lose may go on
/// after call() has returned, which waits neither for them nor beyond the deadline. They are asked to stop, and give
/// their permits back when they return. So the callable (and the fallback) is copied into the call, or moved if it is
/// handed over by std::move; it must be safe to use from several threads, and own what it uses. The destructor waits
/// for the last of them, but not for the one that it runs on. Where the operation may not be repeated, all is as if
/// there were no hedging.
///
/// A call that does not hedge allocates nothing, unless it has to wait for a slot or has more than eight policies.
class Pipeline {
public:
    /// Throws InvalidConfig.
    explicit Pipeline(PipelineConfig config) : m_setup(std::make_shared<PipelineSetup>(std::move(config))) {}
    ~Pipeline() { m_setup->tasks->waitForOthers(); }
    Pipeline(const Pipeline &) = delete;
    Pipeline &operator=(const Pipeline &) = delete;

    /// Calls function(attempt), or function() where it takes nothing, on this thread, and waits on this thread. Throws
    /// nothing that the function threw; only what running out of memory or `judge` throws, and where that happens to a
    /// hedged attempt, the attempt fails of it. See judged() for values that are failures.
    template <typename Function> auto call(Function &&function, const CallOptions &options = {})
    {
        return callWith(std::forward<Function>(function), options, NoFallback());
    }

    /// As above; where the fallback policy says so, answers with fallback(result of the primary), or fallback().
    /// Without a fallback policy in the configuration there is one outermost, which answers failures, timeouts and
    /// rejections. An exception of the fallback is the call's. Once the deadline of the fallback's place has come,
    /// nobody is left who wants its answer.
    template <typename Function, typename Fallback>
    auto call(Function &&function, const CallOptions &options, Fallback &&fallback)
    {
        return callWith(std::forward<Function>(function), options, std::forward<Fallback>(fallback));
    }

private:
    template <typename Function, typename Fallback>
    auto callWith(Function &&function, const CallOptions &options, Fallback &&fallback)
    {
        using T = std::remove_cv_t<decltype(invokeFor(function, std::declval<const Attempt &>()))>;
        using Owned = TypedCall<T, std::decay_t<Function>, std::decay_t<Fallback>>;
        static_assert(std::is_constructible_v<std::decay_t<Function>, Function>,
                      "a hedged call takes a copy: hand the function over by std::move, or as std::ref if it lives on");
        typename Owned::Slot slot;
        const auto result = [&slot](CallRun run) {
            run.run();
            if (run.hasValue())
                return CallResult<T>(std::in_place_index<0>, std::move(*slot), run.attempts(), run.fromFallback(),
                                     run.failure());
            const ValuelessEnding ended = run.result();
            return ended.refusal ? CallResult<T>(*ended.refusal, ended.attempts)
                                 : CallResult<T>(ended.error, ended.attempts);
        };
        if (m_setup->hedges && options.operation.mayRepeat())
            return result(CallRun(
                *m_setup,
                std::make_shared<HedgedAttempts>(m_setup, std::make_shared<Owned>(std::forward<Function>(function),
                                                                                  std::forward<Fallback>(fallback))),
                options, &slot));
        TypedCall<T, std::remove_reference_t<Function> &, std::remove_reference_t<Fallback> &> call(function, fallback);
        return result(CallRun(*m_setup, call, options, &slot));
    }

    const std::shared_ptr<PipelineSetup> m_setup;
};

} // namespace resilience::runtime
