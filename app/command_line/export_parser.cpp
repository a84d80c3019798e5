// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/export_parser.h"

#include "app/run/option_values.h"
#include "core/io/json/nearest_name.h"

#include <algorithm>
#include <array>
#include <utility>

namespace app {

using namespace resilience;
using io::InputError;
using io::OrError;

namespace {

constexpr std::array kFormatNames{std::pair{"svg", ExportFormat::Svg}, std::pair{"pdf", ExportFormat::Pdf},
                                  std::pair{"png", ExportFormat::Png}, std::pair{"csv", ExportFormat::Csv}};
constexpr std::array kThemeNames{std::pair{"light", widgets::ThemeKind::Light},
                                 std::pair{"dark", widgets::ThemeKind::Dark},
                                 std::pair{"lecture", widgets::ThemeKind::Lecture}};
constexpr std::array kTextNames{std::pair{"live", ExportText::Live}, std::pair{"outlined", ExportText::Outlined}};

template <typename Table>
auto named(const Table &table, const std::string &name, const char *option) -> OrError<decltype(table.front().second)>
{
    std::vector<std::string> valid;
    for (const auto &[known, value] : table) {
        if (name == known)
            return value;
        valid.emplace_back(known);
    }
    return InputError{"", option, "\"" + name + "\"", io::oneOf(valid), io::nearestName(name, valid)};
}

OrError<std::vector<ExportFormat>> parseFormats(const std::string &text)
{
    std::vector<ExportFormat> formats;
    for (size_t from = 0; from <= text.size();) {
        const size_t comma = std::min(text.find(',', from), text.size());
        const auto format = named(kFormatNames, text.substr(from, comma - from), "--formats");
        if (!format)
            return format.error();
        if (std::find(formats.begin(), formats.end(), *format) == formats.end())
            formats.push_back(*format);
        from = comma + 1;
    }
    return formats;
}

OrError<QSize> parseSize(const std::string &text)
{
    const std::string option = "--size";
    const size_t x = text.find('x');
    if (x == std::string::npos)
        return InputError{"", option, "\"" + text + "\"", "WxH, as in 1280x720", ""};
    const auto width = parseWhole(text.substr(0, x), ExportOptions::kLeast, ExportOptions::kMost, option);
    if (!width)
        return width.error();
    const auto height = parseWhole(text.substr(x + 1), ExportOptions::kLeast, ExportOptions::kMost, option);
    if (!height)
        return height.error();
    return QSize(*width, *height);
}

// Puts a parsed value in its place, or says what is wrong with it.
template <typename T, typename Target> std::optional<InputError> take(const OrError<T> &from, Target &to)
{
    if (!from)
        return from.error();
    to = *from;
    return std::nullopt;
}

} // namespace

const std::vector<OptionSpec> &exportOptionSpecs()
{
    using Kind = OptionSpec::Kind;
    static const std::vector<OptionSpec> all{
        {"--out", Kind::Value}, {"--formats", Kind::Value}, {"--at", Kind::Value},   {"--theme", Kind::Value},
        {"--dpi", Kind::Value}, {"--size", Kind::Value},    {"--text", Kind::Value}, {"--force", Kind::Flag}};
    return all;
}

OrError<ExportOptions> parseExportOptions(const Arguments &arguments)
{
    ExportOptions options;
    if (arguments.value("--out").value_or("").empty())
        return InputError{"", "export", "no --out", "--out DIR", ""};
    if (const auto text = arguments.value("--formats"))
        if (auto error = take(parseFormats(*text), options.formats))
            return *error;
    if (const auto text = arguments.value("--at")) {
        const auto moment = parseTime(*text, "--at");
        if (!moment)
            return moment.error();
        options.at = at(*moment);
    }
    if (const auto text = arguments.value("--theme"))
        if (auto error = take(named(kThemeNames, *text, "--theme"), options.theme))
            return *error;
    if (const auto text = arguments.value("--dpi"))
        if (auto error =
                take(parseWhole(*text, ExportOptions::kLeastDpi, ExportOptions::kMostDpi, "--dpi"), options.dpi))
            return *error;
    if (const auto text = arguments.value("--size"))
        if (auto error = take(parseSize(*text), options.size))
            return *error;
    if (const auto text = arguments.value("--text"))
        if (auto error = take(named(kTextNames, *text, "--text"), options.text))
            return *error;
    options.overwrite = arguments.has("--force");
    return options;
}

} // namespace app
