// SPDX-License-Identifier: MIT
#include "core/runtime/call_error.h"

namespace resilience::runtime {

Judgement judgeException(const std::exception_ptr &error)
{
    try {
        std::rethrow_exception(error);
    } catch (const CallError &known) {
        return {Outcome::Failure, known.failure()};
    } catch (...) {
        return {Outcome::Failure, {}};
    }
}

} // namespace resilience::runtime
