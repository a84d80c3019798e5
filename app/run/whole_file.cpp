// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/whole_file.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <streambuf>
#include <utility>

namespace app {

using resilience::io::InputError;
using resilience::io::OrError;

// Writes through to a Qt device, which has a buffer of its own.
class WholeFile::Buffer : public std::streambuf {
public:
    explicit Buffer(QFileDevice &device) : m_device(device) {}

protected:
    std::streamsize xsputn(const char *text, std::streamsize size) override { return m_device.write(text, size); }
    int_type overflow(int_type character) override
    {
        const char one = traits_type::to_char_type(character);
        return m_device.write(&one, 1) == 1 ? character : traits_type::eof();
    }
    int sync() override { return m_device.flush() ? 0 : -1; }

private:
    QFileDevice &m_device;
};

namespace {

InputError unwritable(const std::string &path, const std::string &why)
{
    return {path, "", why, "a place that can be written to", ""};
}

} // namespace

OrError<WholeFile> WholeFile::create(const std::string &path)
{
    const QString name = QFile::decodeName(QByteArray::fromStdString(path));
    const QFileInfo place(name);
    if (place.isDir())
        return unwritable(path, "a directory");
    if (place.fileName().isEmpty())
        return unwritable(path, "no file name");
    std::unique_ptr<QFileDevice> device;
    if (place.exists() && !place.isFile())
        device = std::make_unique<QFile>(name);
    else
        device = std::make_unique<QSaveFile>(name);
    if (!device->open(QIODevice::WriteOnly))
        return unwritable(path, device->errorString().toStdString());
    return WholeFile(path, std::move(device));
}

WholeFile::WholeFile(std::string path, std::unique_ptr<QFileDevice> device)
    : m_path(std::move(path)), m_device(std::move(device)), m_buffer(std::make_unique<Buffer>(*m_device)),
      m_stream(std::make_unique<std::ostream>(m_buffer.get()))
{
}

WholeFile::WholeFile(WholeFile &&) noexcept = default;
WholeFile::~WholeFile() = default;

std::optional<InputError> WholeFile::commit()
{
    m_stream->flush();
    auto *const saved = qobject_cast<QSaveFile *>(m_device.get());
    if (!*m_stream || (!saved && m_device->error() != QFileDevice::NoError))
        return unwritable(m_path, "a write error");
    if (!saved)
        m_device->close();
    else if (!saved->commit())
        return unwritable(m_path, saved->errorString().toStdString());
    return std::nullopt;
}

std::optional<InputError> WholeFile::write(const std::string &path, const std::string &text)
{
    auto file = create(path);
    if (!file)
        return file.error();
    file->stream() << text;
    return file->commit();
}

} // namespace app
