// SPDX-License-Identifier: MIT
#pragma once

#include "core/runtime/attempt.h"
#include "core/runtime/call_result.h"
#include "core/runtime/ending.h"

#include <atomic>
#include <concepts>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace resilience::runtime {

// One call under way: its function and its fallback with their types taken away, and what its attempts share. A value
// goes into a slot, one for each attempt that may run beside others.
class Call : public std::enable_shared_from_this<Call> {
public:
    explicit Call(const Operation &operation) : m_operation(operation) {}
    virtual ~Call() = default;
    Call(const Call &) = delete;
    Call &operator=(const Call &) = delete;

    // Both throw what the caller's code throws.
    virtual void run(const Attempt &attempt, void *slot) = 0;
    virtual void fallBack(const Ending &primary, void *slot) = 0;
    virtual bool hasFallback() const = 0;

    virtual std::shared_ptr<void> newSlot() const = 0;
    virtual void moveSlot(void *from, void *to) const = 0;

    const Operation &operation() const { return m_operation; }
    // One more attempt than the first: its number.
    uint32_t beginAttempt() { return ++m_attempts; }
    uint32_t attempts() const { return m_attempts; }

private:
    const Operation m_operation;
    std::atomic<uint32_t> m_attempts = 1;
};

struct NoFallback {};

// function(attempt), or function() where it takes nothing.
template <typename Function> decltype(auto) invokeFor(Function &function, const Attempt &attempt)
{
    if constexpr (std::is_invocable_v<Function &, const Attempt &>)
        return function(attempt);
    else
        return function();
}

// `Function` and `Fallback` are references when the call ends before its caller's frame does, else the objects.
template <typename T, typename Function, typename Fallback> class TypedCall final : public Call {
public:
    using Slot = std::optional<typename CallResult<T>::Value>;

    template <typename F, typename G>
    TypedCall(const Operation &operation, F &&function, G &&fallback)
        : Call(operation), m_function(std::forward<F>(function)), m_fallback(std::forward<G>(fallback))
    {
    }

    void run(const Attempt &attempt, void *slot) override
    {
        put(slot, [&]() -> decltype(auto) { return invokeFor(m_function, attempt); });
    }

    void fallBack([[maybe_unused]] const Ending &primary, [[maybe_unused]] void *slot) override
    {
        if constexpr (kHasFallback && std::is_invocable_v<Fallback &, const CallResult<T> &>) {
            const CallResult<T> result = primary.refusal ? CallResult<T>(*primary.refusal, attempts())
                                                         : CallResult<T>(primary.error, attempts());
            put(slot, [&]() -> decltype(auto) { return m_fallback(result); });
        } else if constexpr (kHasFallback) {
            put(slot, [&]() -> decltype(auto) { return m_fallback(); });
        }
    }

    bool hasFallback() const override { return kHasFallback; }
    std::shared_ptr<void> newSlot() const override { return std::make_shared<Slot>(); }
    void moveSlot(void *from, void *to) const override { slotAt(to) = std::move(slotAt(from)); }

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
