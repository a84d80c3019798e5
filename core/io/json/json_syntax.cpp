// SPDX-License-Identifier: MIT
#include "core/io/json/json_syntax.h"

#include "core/io/json/json_text.h"

#include <cstdint>
#include <limits>
#include <locale>
#include <sstream>
#include <string>
#include <vector>

namespace resilience::io {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isWordPart(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '+'
           || c == '-';
}

// How many bytes the character at the front takes; 0 when it is not well-formed UTF-8.
size_t characterLength(std::string_view text)
{
    const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto follows = [&](size_t i, unsigned low = 0x80, unsigned high = 0xbf) {
        return byte(i) >= low && byte(i) <= high;
    };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return follows(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) // neither overlong nor a surrogate
        return follows(1, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf) && follows(2) ? 3 : 0;
    if (first >= 0xf0 && first <= 0xf4) // neither overlong nor beyond U+10FFFF
        return follows(1, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf) && follows(2) && follows(3) ? 4 : 0;
    return 0;
}

class Scanner {
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    std::optional<SyntaxFault> scan()
    {
        if (m_text.starts_with("\xef\xbb\xbf"))
            m_at = 3;
        skipSpace();
        while (!m_fault && (m_wanted != Wanted::End || m_at < m_text.size())) {
            take();
            skipSpace();
        }
        return m_fault;
    }

private:
    enum class Wanted : uint8_t { Value, ValueOrEnd, Name, NameOrEnd, Colon, CommaOrEnd, End };

    char next() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool inObject() const { return !m_open.empty() && m_open.back() == '{'; }
    void skipSpace()
    {
        while (m_at < m_text.size() && std::string_view(" \t\n\r").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
    }

    void fail(std::string expected, std::optional<std::string> found = std::nullopt)
    {
        if (m_fault)
            return;
        if (!found && m_at >= m_text.size())
            found = "the end of the text";
        if (!found) {
            size_t length = 0;
            while (m_at + length < m_text.size() && isWordPart(m_text[m_at + length]))
                ++length;
            if (length == 0)
                length = characterLength(m_text.substr(m_at));
            found = length > 0 ? inQuotes(m_text.substr(m_at, length)) : "a byte that is no UTF-8";
        }
        m_fault = SyntaxFault{m_at, *std::move(found), std::move(expected)};
    }

    void take()
    {
        switch (m_wanted) {
        case Wanted::End:
            return fail("the end of the text");
        case Wanted::Colon:
            return next() == ':' ? step(Wanted::Value) : fail("':'");
        case Wanted::CommaOrEnd:
            if (next() == ',')
                return step(inObject() ? Wanted::Name : Wanted::Value);
            return isClosing() ? close() : fail(inObject() ? "',' or '}'" : "',' or ']'");
        case Wanted::Name:
        case Wanted::NameOrEnd:
            if (m_wanted == Wanted::NameOrEnd && isClosing())
                return close();
            if (next() != '"')
                return fail(m_wanted == Wanted::Name ? "a name in quotes" : "a name in quotes or '}'");
            takeString();
            m_wanted = Wanted::Colon;
            return;
        case Wanted::Value:
        case Wanted::ValueOrEnd:
            if (m_wanted == Wanted::ValueOrEnd && isClosing())
                return close();
            return takeValue();
        }
    }

    void step(Wanted wanted)
    {
        ++m_at;
        m_wanted = wanted;
    }
    void valueIsOver() { m_wanted = m_open.empty() ? Wanted::End : Wanted::CommaOrEnd; }
    bool isClosing() const { return next() == (inObject() ? '}' : ']'); }
    void close()
    {
        ++m_at;
        m_open.pop_back();
        valueIsOver();
    }

    void takeValue()
    {
        const char c = next();
        if (c == '{' || c == '[') {
            m_open.push_back(c);
            return step(c == '{' ? Wanted::NameOrEnd : Wanted::ValueOrEnd);
        }
        if (c == '"')
            takeString();
        else if (c == '-' || isDigit(c))
            takeNumber();
        else
            takeWord();
        valueIsOver();
    }

    void takeWord()
    {
        for (const std::string_view word : {"true", "false", "null"})
            if (m_text.substr(m_at).starts_with(word)) {
                m_at += word.size();
                return;
            }
        fail(m_wanted == Wanted::ValueOrEnd ? "a value or ']'" : "a value");
    }

    bool takeDigits(const char *expected)
    {
        if (!isDigit(next())) {
            fail(expected);
            return false;
        }
        while (isDigit(next()))
            ++m_at;
        return true;
    }
    void takeNumber()
    {
        const size_t start = m_at;
        m_at += next() == '-';
        if (next() == '0')
            ++m_at;
        else if (!takeDigits("a digit after '-'"))
            return;
        if (next() == '.' && (++m_at, !takeDigits("a digit after '.'")))
            return;
        if (next() == 'e' || next() == 'E') {
            ++m_at;
            m_at += next() == '+' || next() == '-';
            if (!takeDigits("a digit in the exponent"))
                return;
        }
        const std::string_view digits = m_text.substr(start, m_at - start);
        constexpr size_t alwaysGood = std::numeric_limits<double>::max_exponent10;
        if (digits.size() < alwaysGood && digits.find_first_of("eE") == std::string_view::npos)
            return;
        std::istringstream number{std::string(digits)};
        number.imbue(std::locale::classic()); // whatever the user's language writes for the point
        if (double value = 0; number >> value)
            return;
        m_at = start;
        fail("a number that a double can hold");
    }

    void takeString()
    {
        for (++m_at; !m_fault;) {
            if (m_at >= m_text.size())
                return fail("a closing quote");
            const auto c = static_cast<unsigned char>(m_text[m_at]);
            if (c == '"') {
                ++m_at;
                return;
            }
            if (c < 0x20)
                return fail("an escape such as \\n", "a control character");
            if (c == '\\') {
                takeEscape();
                continue;
            }
            const size_t length = characterLength(m_text.substr(m_at));
            if (length == 0)
                return fail("UTF-8");
            m_at += length;
        }
    }

    // The four digits of \uXXXX, of which the backslash is next.
    std::optional<unsigned> takeCodeUnit()
    {
        if (!m_text.substr(m_at).starts_with("\\u"))
            return std::nullopt;
        unsigned unit = 0;
        for (size_t i = 2; i < 6; ++i) {
            const char c = m_at + i < m_text.size() ? m_text[m_at + i] : '\0';
            const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
            if (!isDigit(c) && (lower < 'a' || lower > 'f'))
                return std::nullopt;
            unit = unit * 16 + static_cast<unsigned>(isDigit(c) ? c - '0' : lower - 'a' + 10);
        }
        m_at += 6;
        return unit;
    }
    void takeEscape()
    {
        const char kind = m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0';
        if (kind != 'u') {
            if (kind != '\0' && std::string_view("\"\\/bfnrt").find(kind) != std::string_view::npos)
                m_at += 2;
            else
                fail("an escape of JSON", m_at + 1 < m_text.size() ? "a backslash before something else"
                                                                   : "a backslash at the end of the text");
            return;
        }
        const size_t start = m_at;
        const auto unit = takeCodeUnit();
        if (!unit)
            return fail("four hexadecimal digits after \\u", "too few");
        const bool high = *unit >= 0xd800 && *unit < 0xdc00;
        const auto second = high ? takeCodeUnit() : std::nullopt;
        if (high ? !second || *second < 0xdc00 || *second >= 0xe000 : *unit >= 0xdc00 && *unit < 0xe000) {
            m_at = start;
            fail("two that belong together", "half of a surrogate pair");
        }
    }

    std::string_view m_text;
    size_t m_at = 0;
    Wanted m_wanted = Wanted::Value;
    std::vector<char> m_open; // '{' and '[', outermost first
    std::optional<SyntaxFault> m_fault;
};

} // namespace

std::optional<SyntaxFault> firstSyntaxFault(std::string_view text) { return Scanner(text).scan(); }

} // namespace resilience::io
