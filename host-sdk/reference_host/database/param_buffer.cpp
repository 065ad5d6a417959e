#include "reference_host/database/param_buffer.hpp"

#include <charconv>
#include <cmath>

namespace crm::app {

namespace {

/// Length of the well-formed sequence at `p` (RFC 3629: no surrogates, no overlong forms), 0 when broken.
std::size_t sequence_length(const unsigned char* p, std::size_t left) {
  const auto tail = [&](std::size_t i) { return i < left && (p[i] & 0xC0) == 0x80; };
  if (p[0] >= 0xC2 && p[0] <= 0xDF) return tail(1) ? 2 : 0;
  if (p[0] >= 0xE0 && p[0] <= 0xEF) {
    if (!tail(1) || !tail(2)) return 0;
    if (p[0] == 0xE0 && p[1] < 0xA0) return 0;
    if (p[0] == 0xED && p[1] > 0x9F) return 0;
    return 3;
  }
  if (p[0] >= 0xF0 && p[0] <= 0xF4) {
    if (!tail(1) || !tail(2) || !tail(3)) return 0;
    if (p[0] == 0xF0 && p[1] < 0x90) return 0;
    if (p[0] == 0xF4 && p[1] > 0x8F) return 0;
    return 4;
  }
  return 0;
}

template <class Number>
void append_number(std::string& out, Number value) {
  char digits[32];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  out.append(digits, error == std::errc{} ? end : digits);
}

void append_padded(std::string& out, std::int64_t value, int width) {
  char digits[8];
  for (int i = width - 1; i >= 0; --i, value /= 10) digits[i] = static_cast<char>('0' + value % 10);
  out.append(digits, static_cast<std::size_t>(width));
}

bool append_instant(std::string& out, std::int64_t micros) {
  using namespace std::chrono;
  const sdk::Micros at{microseconds{micros}};
  const auto day = floor<days>(at);
  const year_month_day date{day};
  const int year = static_cast<int>(date.year());
  if (micros < -62135596800000000 || micros >= 253402300800000000) return false;
  const std::int64_t rest = (at - day).count();
  append_padded(out, year, 4);
  out += '-';
  append_padded(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  append_padded(out, static_cast<unsigned>(date.day()), 2);
  out += ' ';
  append_padded(out, rest / 3600000000, 2);
  out += ':';
  append_padded(out, rest / 60000000 % 60, 2);
  out += ':';
  append_padded(out, rest / 1000000 % 60, 2);
  out += '.';
  append_padded(out, rest % 1000000, 6);
  out += "+00";
  return true;
}

}  // namespace

bool is_utf8_without_nul(std::string_view text) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    if (p[at] == 0) return false;
    if (p[at] < 0x80) {
      ++at;
      continue;
    }
    const std::size_t length = sequence_length(p + at, text.size() - at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::optional<sdk::Failure> ParamBuffer::append(const sdk::Param& param) {
  using Kind = sdk::Param::Kind;
  switch (param.kind()) {
    case Kind::null: break;
    case Kind::boolean: arena_ += param.integer() ? 't' : 'f'; break;
    case Kind::integer: append_number(arena_, param.integer()); break;
    case Kind::number:
      if (std::isnan(param.number()))
        arena_ += "NaN";
      else if (std::isinf(param.number()))
        arena_ += param.number() > 0 ? "Infinity" : "-Infinity";
      else
        append_number(arena_, param.number());
      break;
    case Kind::text:
      if (!is_utf8_without_nul(param.text()))
        return sdk::Failure{sdk::FailureKind::invalid, "text is not valid UTF-8 or holds a NUL", "22021", {}, {}};
      arena_ += param.text();
      break;
    case Kind::bytes: arena_ += param.text(); break;
    case Kind::instant:
      if (!append_instant(arena_, param.integer()))
        return sdk::Failure{sdk::FailureKind::invalid, "an instant lies outside the years 1 to 9999", "22008", {}, {}};
      break;
  }
  return std::nullopt;
}

std::optional<sdk::Failure> ParamBuffer::fill(std::span<const sdk::Param> params) {
  arena_.clear();
  offsets_.clear();
  lengths_.clear();
  formats_.clear();
  for (const sdk::Param& param : params) {
    const std::size_t start = arena_.size();
    if (auto failure = append(param)) return failure;
    offsets_.push_back(param.kind() == sdk::Param::Kind::null ? -1 : static_cast<std::ptrdiff_t>(start));
    lengths_.push_back(static_cast<int>(arena_.size() - start));
    formats_.push_back(param.kind() == sdk::Param::Kind::bytes ? 1 : 0);
    arena_ += '\0';
  }
  // Only now: the arena may have moved while it grew.
  values_.clear();
  for (const std::ptrdiff_t offset : offsets_) values_.push_back(offset < 0 ? nullptr : arena_.data() + offset);
  return std::nullopt;
}

}  // namespace crm::app
