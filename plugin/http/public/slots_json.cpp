#include "plugin/http/public/slots_json.hpp"

#include <algorithm>
#include <charconv>

#include "plugin/core/time/digits.hpp"
#include "plugin/core/time/local_time.hpp"

namespace scheduling {
namespace {

/// Writes clock times that mostly fall on the same day: the digits of a date are worked out once.
class ClockText {
 public:
  /// "2025-01-15T09:00:00", 19 characters; returns the place after them.
  char* write(WallTime wall, char* out) {
    const LocalDate date = LocalDate::of(wall);
    if (date_ != date) {
      date_ = date;
      text_ = date.text() + 'T';
    }
    const auto second = static_cast<int>((wall - date.days()).count());
    out = std::copy(text_.begin(), text_.end(), out);
    out = put_digits(out, second / 3600, 2);
    *out++ = ':';
    out = put_digits(out, second / 60 % 60, 2);
    *out++ = ':';
    return put_digits(out, second % 60, 2);
  }

 private:
  std::optional<LocalDate> date_;
  std::string text_;
};

constexpr std::size_t k_minute_length = 16;  // "2025-01-15T09:00"

char* put_text(char* out, std::string_view text) {
  return std::copy(text.begin(), text.end(), out);
}

/// Writes one slot after another into a block that is large enough.
class SlotWriter {
 public:
  explicit SlotWriter(const ZoneRules& rules) : rules_(rules) {}

  char* write(const TimeRange& slot, char* out) {
    const std::chrono::seconds offset = rules_.offset_at(slot.start(), cursor_);
    out = put_text(out, "{\"start\":\"");
    out = start_.write(WallTime{slot.start().time_since_epoch()}, out);
    out = put_text(out, "Z\",\"end\":\"");
    out = end_.write(WallTime{slot.end().time_since_epoch()}, out);
    out = put_text(out, "Z\",\"local\":\"");
    char* const local = out;
    local_.write(WallTime{(slot.start() + offset).time_since_epoch()}, out);
    out = put_text(local + k_minute_length, "\",\"offset_minutes\":");
    out = std::to_chars(out, out + 6, std::chrono::floor<std::chrono::minutes>(offset).count()).ptr;
    *out++ = '}';
    return out;
  }

 private:
  const ZoneRules& rules_;
  ZoneCursor cursor_;
  ClockText start_;
  ClockText end_;
  ClockText local_;
};

}  // namespace

std::string slots_json(const ZoneId& zone, const ZoneRules& rules, const std::vector<TimeRange>& slots,
                       const std::string& more) {
  constexpr std::string_view k_longest =
      "{\"start\":\"2025-01-15T14:00:00Z\",\"end\":\"2025-01-15T14:00:00Z\",\"local\":\"2025-01-15T09:00:00\",\"offset_"
      "minutes\":-1440},";
  const std::string end = more.empty() ? "]}}" : "]," + more + "}}";
  std::string out = "{\"data\":{\"timezone\":\"";
  out += zone.name();  // ZoneId holds no character that JSON escapes
  out += "\",\"slots\":[";
  const std::size_t head = out.size();
  out.resize(head + slots.size() * k_longest.size() + end.size());
  char* at = out.data() + head;
  SlotWriter writer{rules};
  for (const TimeRange& slot : slots) {
    if (&slot != slots.data()) *at++ = ',';
    at = writer.write(slot, at);
  }
  at = put_text(at, end);
  out.resize(static_cast<std::size_t>(at - out.data()));
  return out;
}

}  // namespace scheduling
