// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/json/input_error.h"

#include <memory>
#include <optional>
#include <ostream>
#include <string>

namespace app {

/// A file that appears whole or not at all: what is written waits beside its place until commit(). Without a commit
/// nothing is left behind and what stood there before is untouched. A link is followed; a device or pipe is written to
/// directly. Names are bytes, as the system has them.
class WholeFile {
public:
    /// Fails when the place cannot be written to, before anything was done.
    static resilience::io::OrError<WholeFile> create(const std::string &path);

    WholeFile(WholeFile &&) noexcept;
    WholeFile &operator=(WholeFile &&) = delete;
    ~WholeFile();

    std::ostream &stream() { return *m_stream; }
    /// An error when there was no room for what was written so far. commit() asks too; ask first where several files
    /// are to appear together.
    std::optional<resilience::io::InputError> flush();
    /// Puts the file in its place. An error when writing or moving it failed; then what stood there is still there.
    std::optional<resilience::io::InputError> commit();

    /// All in one.
    static std::optional<resilience::io::InputError> write(const std::string &path, const std::string &text);

private:
    class Buffer;
    WholeFile(std::string path, std::unique_ptr<Buffer> buffer);

    std::string m_path; // as the user named it
    std::unique_ptr<Buffer> m_buffer;
    std::unique_ptr<std::ostream> m_stream;
};

} // namespace app
