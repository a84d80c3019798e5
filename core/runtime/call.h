// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/attempt.h"
#include "core/runtime/call_result.h"
#include "core/runtime/judged.h"

#include <concepts>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace resilience::runtime {

/// How a call went so far, but for its value: what its fallback may look at.
struct ValuelessEnding {
    std::optional<Refusal> refusal;
    std::exception_ptr error; // neither: there is a value, judged to be `failure`
    Failure failure;
    uint32_t attempts = 0;
};

/// What is called: a function and its fallback with their types taken away. A value goes into a slot, one for each
/// attempt that may run beside others.
class Call {
public:
    Call() = default;
    virtual ~Call() = default;
    Call(const Call &) = delete;
    Call &operator=(const Call &) = delete;

    /// Both throw what the caller's code throws. A value that was judged a failure stays in the slot.
    virtual std::optional<Failure> run(const Attempt &attempt, void *slot) = 0;
    virtual void fallBack(const ValuelessEnding &primary, void *primarySlot, void *slot) = 0;
    virtual bool hasFallback() const = 0;

    virtual std::shared_ptr<void> newSlot() const = 0;
    virtual void moveSlot(void *from, void *to) const = 0;
    virtual void clearSlot(void *slot) const = 0;
};

struct NoFallback {};

/// `Function` and `Fallback` are references when the call ends before its caller's frame does, else the objects.
template <typename T, typename Function, typename Fallback> class TypedCall final : public Call {
public:
    using Result = CallResult<T>;
    using Slot = std::optional<typename Result::Value>;

    template <typename F, typename G>
    TypedCall(F &&function, G &&fallback) : m_function(std::forward<F>(function)), m_fallback(std::forward<G>(fallback))
    {
    }

    std::optional<Failure> run(const Attempt &attempt, void *slot) override
    {
        put(slot, [&]() -> decltype(auto) { return invokeFor(m_function, attempt); });
        return judgementOf(m_function, *slotAt(slot));
    }

    void fallBack([[maybe_unused]] const ValuelessEnding &primary, [[maybe_unused]] void *primarySlot,
                  [[maybe_unused]] void *slot) override
    {
        if constexpr (kHasFallback && std::is_invocable_v<Fallback &, const Result &>) {
            const Result result = primary.refusal ? Result(*primary.refusal, primary.attempts)
                                  : primary.error ? Result(primary.error, primary.attempts)
                                                  : Result(std::in_place_index<0>, std::move(*slotAt(primarySlot)),
                                                           primary.attempts, false, primary.failure);
            put(slot, [&]() -> decltype(auto) { return m_fallback(result); });
        } else if constexpr (kHasFallback) {
            put(slot, [&]() -> decltype(auto) { return m_fallback(); });
        }
    }

    bool hasFallback() const override { return kHasFallback; }
    std::shared_ptr<void> newSlot() const override { return std::make_shared<Slot>(); }
    void moveSlot(void *from, void *to) const override { slotAt(to).emplace(std::move(*slotAt(from))); }
    void clearSlot(void *slot) const override { slotAt(slot).reset(); }

private:
    static constexpr bool kHasFallback = !std::same_as<std::remove_cvref_t<Fallback>, NoFallback>;

    static Slot &slotAt(void *slot) { return *static_cast<Slot *>(slot); }
    template <typename Make> static void put(void *slot, const Make &make)
    {
        if constexpr (std::is_void_v<T>) {
            make();
            slotAt(slot).emplace();
        } else {
            slotAt(slot).emplace(make());
        }
    }

    Function m_function;
    Fallback m_fallback;
};

} // namespace resilience::runtime
