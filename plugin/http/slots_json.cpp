#include "plugin/http/slots_json.hpp"

#include <charconv>

#include "plugin/core/time/local_time.hpp"

namespace scheduling {
namespace {

void append_two(std::string& out, unsigned value) {
  out += static_cast<char>('0' + value / 10);
  out += static_cast<char>('0' + value % 10);
}

/// "2025-01-15T09:00"
void append_wall(std::string& out, WallTime wall) {
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  const std::chrono::year_month_day date{day};
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  const auto minutes = static_cast<unsigned>((wall - day) / std::chrono::minutes{1});
  append_two(out, year / 100);
  append_two(out, year % 100);
  out += '-';
  append_two(out, static_cast<unsigned>(date.month()));
  out += '-';
  append_two(out, static_cast<unsigned>(date.day()));
  out += 'T';
  append_two(out, minutes / 60);
  out += ':';
  append_two(out, minutes % 60);
}

void append_instant(std::string& out, Instant instant) {
  char text[20];
  write_instant(instant, text);
  out.append(text, sizeof text);
}

void append_number(std::string& out, std::int64_t value) {
  char text[20];
  const auto written = std::to_chars(text, text + sizeof text, value);
  out.append(text, written.ptr);
}

}  // namespace

std::string slots_json(const ZoneId& zone, const ZoneRules& rules, const std::vector<TimeRange>& slots) {
  constexpr std::size_t bytes_per_slot = 112;
  std::string out;
  out.reserve(64 + slots.size() * bytes_per_slot);
  out += "{\"data\":{\"timezone\":\"";
  out += zone.name();  // ZoneId holds no character that JSON escapes
  out += "\",\"slots\":[";
  ZoneCursor cursor;
  bool first = true;
  for (const TimeRange& slot : slots) {
    const std::chrono::seconds offset = rules.offset_at(slot.start(), cursor);
    out += first ? "{\"start\":\"" : ",{\"start\":\"";
    first = false;
    append_instant(out, slot.start());
    out += "\",\"end\":\"";
    append_instant(out, slot.end());
    out += "\",\"local\":\"";
    append_wall(out, WallTime{(slot.start() + offset).time_since_epoch()});
    out += "\",\"offset_minutes\":";
    append_number(out, std::chrono::floor<std::chrono::minutes>(offset).count());
    out += '}';
  }
  out += "]}}";
  return out;
}

}  // namespace scheduling
