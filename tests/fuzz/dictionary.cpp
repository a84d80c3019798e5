// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/drive/drive.h"
#include "core/io/json/schema.h"
#include "core/io/picture/picture_session.h"
#include "core/sim/world/knobs.h"

#include <cstdio>
#include <set>
#include <string>

// Usage: dictionary drive|run_files|pictures. Writes a dictionary for libFuzzer: every key and every fixed word that
// the schemas of the line protocol, or of scenario and session files, know, so it is never behind them; or what a
// session in a picture stands in.

using namespace resilience;
using io::Json;

namespace {

// Keys come with their colon, texts in quotes.
void collectWords(const Json &schema, std::set<std::string> &into)
{
    for (const auto &item : schema.items()) {
        const Json &value = item.value();
        if (item.key() == "properties" && schema.is_object())
            for (const auto &property : value.items())
                into.insert(Json(property.key()).dump() + ":");
        if (item.key() == "const" && value.is_string())
            into.insert(value.dump());
        if (item.key() == "enum" && schema.is_object())
            for (const Json &choice : value)
                into.insert(choice.dump());
        if (value.is_structured())
            collectWords(value, into);
    }
}

bool isOfRunFiles(const std::string &schema)
{
    return schema == "scenario.schema.json" || schema == "session.schema.json" || schema == "fault.schema.json"
           || schema == "lock.schema.json" || schema == "circuit-breaker.schema.json";
}

void write(const std::string &entry)
{
    std::string text;
    for (const char c : entry)
        text += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
    std::printf("\"%s\"\n", text.c_str());
}

} // namespace

int main(int argc, char **argv)
{
    const std::string kind = argc == 2 ? argv[1] : "";
    if (kind == "pictures") {
        for (const char *entry : {io::kSessionElementOpening, io::kSessionElementClosing, io::kSessionTextKey, "tEXt",
                                  "zTXt", "iTXt", "&amp;", "&#x41;"})
            write(entry);
        return 0;
    }
    if (kind != "drive" && kind != "run_files") {
        std::fprintf(stderr, "usage: dictionary drive|run_files|pictures\n");
        return 2;
    }
    const bool runFiles = kind == "run_files";
    std::set<std::string> entries{"true",
                                  "false",
                                  "null",
                                  "\\u0000",
                                  "\\ud800",
                                  "1e-9",
                                  "1e308",
                                  "-1",
                                  "0.5",
                                  "4294967296",
                                  "9223372036",
                                  "9007199254740993",
                                  "18446744073709551615"};
    for (const EmbeddedText &file : io::allSchemas())
        if (runFiles == isOfRunFiles(file.name) || file.name == std::string("circuit-breaker.schema.json"))
            collectWords(Json::parse(file.text), entries);
    if (runFiles)
        for (const sim::KnobSpec &knob : sim::knobs())
            entries.insert(Json(knob.id).dump());
    else
        for (const std::string &pattern : io::Drive::patterns())
            entries.insert(pattern + " ");
    for (const std::string &entry : entries)
        write(entry);
    return 0;
}
