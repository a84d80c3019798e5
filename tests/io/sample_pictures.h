// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/picture/picture_session.h"

#include <QByteArray>

#include <utility>
#include <vector>

namespace tests {

// Packed by zlib itself.
inline QByteArray zlib(const QByteArray &text, int level = -1)
{
    return text.isEmpty() ? QByteArray::fromHex("789c030000000001") : qCompress(text, level).mid(4);
}

inline QByteArray bigEndian(uint32_t number)
{
    QByteArray bytes;
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        bytes += static_cast<char>(number >> shift & 0xffU);
    return bytes;
}

// A PNG of one pixel with these chunks in it, and no picture.
inline QByteArray png(const std::vector<std::pair<QByteArray, QByteArray>> &chunks)
{
    const auto sum = [](const QByteArray &bytes) {
        uint32_t crc = 0xffffffff;
        for (const char c : bytes)
            for (unsigned bit = 0; bit < 8; ++bit) {
                const bool odd = ((crc ^ static_cast<unsigned char>(c) >> bit) & 1U) != 0;
                crc = crc >> 1U ^ (odd ? 0xedb88320U : 0U);
            }
        return ~crc;
    };
    QByteArray file("\x89PNG\r\n\x1a\n", 8);
    const auto add = [&](const QByteArray &type, const QByteArray &data) {
        file += bigEndian(static_cast<uint32_t>(data.size())) + type + data + bigEndian(sum(type + data));
    };
    add("IHDR", QByteArray::fromHex("00000001000000010800000000"));
    for (const auto &[type, data] : chunks)
        add(type, data);
    add("IEND", {});
    return file;
}

// An SVG with that in the session's element.
inline QByteArray svg(const QByteArray &inside)
{
    return QByteArray("<svg><metadata>") + resilience::io::kSessionElementOpening + inside
           + resilience::io::kSessionElementClosing + "</metadata></svg>";
}

} // namespace tests
