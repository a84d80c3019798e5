// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/json/input_error.h"

#include <memory>
#include <optional>
#include <ostream>
#include <string>

class QFileDevice;

namespace app {

/// A file that appears whole or not at all: what is written waits beside its place until commit(). Without a commit
/// nothing is left behind and what stood there before is untouched. A link is followed; a device or pipe is written to
/// directly.
class WholeFile {
public:
    /// Fails when the place cannot be written to, before anything was done.
    static resilience::io::OrError<WholeFile> create(const std::string &path);

    WholeFile(WholeFile &&) noexcept;
    WholeFile &operator=(WholeFile &&) = delete;
    ~WholeFile();

    std::ostream &stream() { return *m_stream; }
    /// Puts the file in its place. An error when writing or moving it failed; then what stood there is still there.
    std::optional<resilience::io::InputError> commit();

    /// All in one.
    static std::optional<resilience::io::InputError> write(const std::string &path, const std::string &text);

private:
    class Buffer;
    WholeFile(std::string path, std::unique_ptr<QFileDevice> device);

    std::string m_path; // as the user named it
    std::unique_ptr<QFileDevice> m_device; // a QSaveFile, or a QFile where it is written to directly
    std::unique_ptr<Buffer> m_buffer;
    std::unique_ptr<std::ostream> m_stream;
};

} // namespace app
