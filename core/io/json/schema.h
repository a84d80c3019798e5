// SPDX-License-Identifier: MIT
#pragma once

#include "core/embedded_text.h"
#include "core/io/json/json_text.h"

#include <optional>
#include <string>
#include <vector>

namespace resilience::io {

// The schemas in resources/schema, built into the program.
const std::vector<EmbeddedText> &schema_texts();
// Those that follow from tables of the simulation: which faults there are, and which parts (core/io/scenario writes
// them).
std::vector<EmbeddedText> tableSchemas();
// Both. Every JSON input is held against one of them, and nothing else says which keys, types and ranges there are.
const std::vector<EmbeddedText> &allSchemas();
// One schema by its name ("scenario"), and in its $defs all others that it refers to, by their $id: a document by
// itself.
std::string schemaWithAllItNeeds(const std::string &schema);

// Holds a value against a schema named without ".schema.json" ("scenario", "drive.circuit-breaker"). The first offence,
// or none; its place is a JSON pointer below `place`, its file is left empty. What is known of JSON Schema 2020-12:
//   $ref (to "#/...", "other.schema.json" and "other.schema.json#/..."), type, const, enum, properties, required,
//   additionalProperties (false only), unevaluatedProperties (false only; it knows the properties of $ref and allOf, at
//   any depth), dependentRequired, items, minItems, maxItems, maxLength (bytes), pattern,
//   format ("printable": see printable.h), minimum, exclusiveMinimum, maximum, exclusiveMaximum, allOf, if, then, else,
//   and oneOf. Where each alternative of a oneOf has a property that is const (an "op", a "type"), that property
//   chooses, and the message is about the chosen one.
// "title" is the noun in messages. All but annotations (tests/io holds the schemas to that) is thus obeyed.
std::optional<InputError> checkSchema(const Json &value, const std::string &schema, const std::string &place = "");

} // namespace resilience::io
