#pragma once
/// Reading and writing free-form JSON: what a module or the CRM keeps without knowing its shape. Included by
/// json_input.hpp.
///
/// Thread: any. Errors: values. Since: SDK 1.0
#include <Poco/Dynamic/Var.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <typeinfo>

#include "crm/sdk/detail/json_scan.hpp"
#include "crm/sdk/problem.hpp"

namespace crm::sdk {

/// A number as people write it: 100000, 0.1, never 1e+05 or 100000.0. As many digits as are needed to read the same
/// number again.
inline std::string number_text(double number) {
  if (!std::isfinite(number)) return "0";  // JSON has no such numbers
  if (number == 0) return "0";             // also for minus nothing
  char digits[400];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed);
  return error == std::errc{} ? std::string(digits, end) : std::string("0");
}

inline void append_json(std::string& out, const Poco::Dynamic::Var& value);

inline void append_json(std::string& out, const Poco::JSON::Object& object) {
  out += '{';
  bool is_first = true;
  for (const auto& [name, member] : object) {
    if (!is_first) out += ',';
    is_first = false;
    append_json_string(out, name);
    out += ':';
    append_json(out, member);
  }
  out += '}';
}

inline void append_json(std::string& out, const Poco::JSON::Array& array) {
  out += '[';
  bool is_first = true;
  for (const auto& member : array) {
    if (!is_first) out += ',';
    is_first = false;
    append_json(out, member);
  }
  out += ']';
}

/// Writes a parsed value; numbers as number_text() writes them.
inline void append_json(std::string& out, const Poco::Dynamic::Var& value) {
  if (value.isEmpty())
    out += "null";
  else if (value.type() == typeid(Poco::JSON::Object::Ptr))
    append_json(out, *value.extract<Poco::JSON::Object::Ptr>());
  else if (value.type() == typeid(Poco::JSON::Array::Ptr))
    append_json(out, *value.extract<Poco::JSON::Array::Ptr>());
  else if (value.isBoolean())
    out += value.convert<bool>() ? "true" : "false";
  else if (value.isInteger())
    out += value.convert<std::string>();
  else if (value.isNumeric())
    out += number_text(value.convert<double>());
  else
    append_json_string(out, value.convert<std::string>());
}

/// The text of an object, an array or a parsed value.
template <class Json>
std::string json_text(const Json& json) {
  std::string out;
  append_json(out, json);
  return out;
}

/// Text, number or truth value as a person reads it; empty for everything else.
inline std::string scalar_text(const Poco::Dynamic::Var& value) {
  if (value.isEmpty() || value.type() == typeid(Poco::JSON::Object::Ptr) ||
      value.type() == typeid(Poco::JSON::Array::Ptr))
    return {};
  if (value.isNumeric() && !value.isInteger() && !value.isBoolean() && !value.isString())
    return number_text(value.convert<double>());
  return value.convert<std::string>();
}

/// The one reader of stored objects: patient with what an older version or another program may have stored. Null when
/// it is no readable object.
inline Poco::JSON::Object::Ptr read_stored_object(std::string_view json) {
  constexpr std::size_t k_stored_depth_max = 200;
  try {
    Poco::JSON::Parser parser;
    parser.setDepth(k_stored_depth_max);
    const Poco::Dynamic::Var value = parser.parse(detail::marked_json(json, detail::OddNumbers::become_readable));
    if (value.type() == typeid(Poco::JSON::Object::Ptr)) return value.extract<Poco::JSON::Object::Ptr>();
  } catch (const std::exception&) {
  }
  return {};
}

/// A stored object as it is published: numbers as number_text() writes them. Empty when it is no readable object.
inline std::string published_json(std::string_view stored) {
  const auto object = read_stored_object(stored);
  return object ? json_text(*object) : std::string();
}

}  // namespace crm::sdk
