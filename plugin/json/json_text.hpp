#pragma once
/// Writes JSON straight into a string: no tree, no second copy, keys in the order they are given.
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/problem.hpp"
#include "plugin/core/ids.hpp"
#include "plugin/core/number_text.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

class JsonText {
 public:
  JsonText& begin_object() { return open('{'); }
  JsonText& end_object() { return close('}'); }
  JsonText& begin_array() { return open('['); }
  JsonText& end_array() { return close(']'); }
  JsonText& key(std::string_view name) {
    comma();
    crm::sdk::append_json_string(out_, name);
    out_ += ':';
    fresh_ = true;
    return *this;
  }

  JsonText& value(std::string_view text) {
    comma();
    crm::sdk::append_json_string(out_, text);
    return *this;
  }
  JsonText& value(const std::string& text) { return value(std::string_view(text)); }
  JsonText& value(const char* text) { return value(std::string_view(text)); }
  JsonText& value(bool yes) { return raw(yes ? "true" : "false"); }
  JsonText& value(std::int64_t number) { return digits(number); }
  JsonText& value(std::int32_t number) { return digits(number); }
  JsonText& value(double number) { return raw(number_text(number)); }
  JsonText& value(Instant instant) { return value(format_instant(instant)); }
  template <class Tag>
  JsonText& value(Id<Tag> id) {
    return id ? digits(id.value) : raw("null");
  }
  template <class T>
  JsonText& value(const std::optional<T>& maybe) {
    return maybe ? value(*maybe) : raw("null");
  }
  JsonText& value(const std::map<std::string, std::string>& texts) {
    begin_object();
    for (const auto& [name, text] : texts) key(name).value(text);
    return end_object();
  }
  /// JSON that is already written.
  JsonText& raw(std::string_view json) {
    comma();
    out_ += json;
    return *this;
  }

  template <class T>
  JsonText& field(std::string_view name, const T& content) {
    return key(name).value(content);
  }
  /// Leaves the field out when there is nothing.
  template <class T>
  JsonText& field_if(std::string_view name, const std::optional<T>& content) {
    return content ? field(name, *content) : *this;
  }

  std::string take() { return std::move(out_); }
  const std::string& text() const { return out_; }

 private:
  JsonText& open(char bracket) {
    comma();
    out_ += bracket;
    fresh_ = true;
    return *this;
  }
  JsonText& close(char bracket) {
    out_ += bracket;
    fresh_ = false;
    return *this;
  }
  void comma() {
    if (!fresh_) out_ += ',';
    fresh_ = false;
  }
  template <class Number>
  JsonText& digits(Number number) {
    comma();
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    out_.append(buffer, end);
    return *this;
  }

  std::string out_;
  bool fresh_ = true;  ///< nothing stands before the next value on this level
};

}  // namespace scheduling
