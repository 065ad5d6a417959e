#include "plugin/adapters/ical/ical_parts.hpp"

#include <cstdlib>

#include "plugin/core/text/plain_text.hpp"
#include "plugin/core/text/utf8.hpp"

namespace scheduling {

icaltimetype ical_utc(std::chrono::sys_seconds at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{at - day};
  icaltimetype time = icaltime_null_time();
  time.year = static_cast<int>(date.year());
  time.month = static_cast<int>(static_cast<unsigned>(date.month()));
  time.day = static_cast<int>(static_cast<unsigned>(date.day()));
  time.hour = static_cast<int>(clock.hours().count());
  time.minute = static_cast<int>(clock.minutes().count());
  time.second = static_cast<int>(clock.seconds().count());
  time.zone = icaltimezone_get_utc_timezone();
  return time;
}

std::string ical_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::string_view character = take_character(text);
    if (character == "\r" || character == "\n") {
      if (character == "\r" && text.starts_with('\n')) text.remove_prefix(1);
      out += '\n';
    } else if (character == "\t") {
      out += ' ';
    } else if (is_plain(character, Lines::one)) {
      out += character;
    }
  }
  return out;
}

std::string ical_string(icalcomponent* component) {
  const std::unique_ptr<char, void (*)(char*)> text(icalcomponent_as_ical_string_r(component),
                                                    [](char* p) { std::free(p); });
  return text ? std::string(text.get()) : std::string();
}

}  // namespace scheduling
