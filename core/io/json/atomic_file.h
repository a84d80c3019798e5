// SPDX-License-Identifier: MIT
#pragma once

#include "core/io/json/input_error.h"

#include <fstream>
#include <optional>
#include <ostream>
#include <string>

namespace resilience::io {

// A file that appears whole or not at all: it is written beside its final place and moved there by commit(). Without a
// commit nothing is left behind and what stood there before is untouched. A link is followed; a device or pipe is
// written to directly.
class AtomicFile {
public:
    // Fails when the place cannot be written to, before anything was done.
    static OrError<AtomicFile> create(const std::string &path);

    AtomicFile(AtomicFile &&other) noexcept;
    AtomicFile &operator=(AtomicFile &&) = delete;
    ~AtomicFile();

    std::ostream &stream() { return m_stream; }
    // Puts the file in its place. An error when writing or moving it failed; then there is no file.
    std::optional<InputError> commit();

    // All in one.
    static std::optional<InputError> write(const std::string &path, const std::string &text);

private:
    AtomicFile(std::string path, std::string target, std::string temporary);

    std::string m_path; // as the user named it
    std::string m_target; // where it ends up
    std::string m_temporary; // empty: none (any more)
    std::ofstream m_stream;
};

} // namespace resilience::io
