#include "oracle_zone.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace oracle {
namespace {

constexpr int k_last_year = 2100;

std::string folder() {
  const char* from_environment = std::getenv("TZDIR");
  return from_environment != nullptr && *from_environment != '\0' ? from_environment : "/usr/share/zoneinfo";
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Takes big-endian numbers off the front of a TZif file (RFC 8536).
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  std::int64_t number(std::size_t width) {
    const std::string_view taken = bytes_.substr(0, width);
    if (taken.size() != width) throw std::runtime_error("a zone file ends too early");
    // The sign is that of the first byte.
    std::int64_t value = (taken.front() & 0x80) != 0 ? -1 : 0;
    for (const char c : taken) value = value * 256 + static_cast<unsigned char>(c);
    skip(width);
    return value;
  }
  std::size_t count() { return static_cast<std::size_t>(number(4)); }
  void skip(std::size_t count) { bytes_.remove_prefix(std::min(count, bytes_.size())); }
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};

struct Counts {
  std::size_t isut, isstd, leap, time, type, abbreviation;
};

Counts take_header(Bytes& bytes) {
  if (!bytes.rest().starts_with("TZif") || bytes.rest().size() < 44 || bytes.rest()[4] < '2')
    throw std::runtime_error("not a zone file of version 2 or later");
  bytes.skip(20);
  Counts counts{};
  for (std::size_t* each : {&counts.isut, &counts.isstd, &counts.leap, &counts.time, &counts.type})
    *each = bytes.count();
  counts.abbreviation = bytes.count();
  return counts;
}

/// The length of all that follows the times and types of a block whose times have `width` bytes.
std::size_t tail_of(const Counts& counts, std::size_t width) {
  return counts.abbreviation + counts.leap * (width + 4) + counts.isstd + counts.isut;
}

std::vector<Zone::Change> take_changes(Bytes& bytes, const Counts& counts) {
  std::vector<Second> times(counts.time);
  std::vector<std::size_t> types(counts.time);
  std::vector<int> offsets(counts.type);
  for (Second& each : times) each = bytes.number(8);
  for (std::size_t& each : types) each = static_cast<unsigned char>(bytes.number(1));
  for (int& each : offsets) {
    each = static_cast<int>(bytes.number(4));
    bytes.skip(2);  // whether it is summer time, and its name
  }
  std::vector<Zone::Change> changes{{std::numeric_limits<Second>::min(), offsets.at(0)}};
  for (std::size_t i = 0; i < times.size(); ++i) changes.push_back({times[i], offsets.at(types[i])});
  bytes.skip(tail_of(counts, 8));
  return changes;
}

/// The last line of a zone file, such as "EST5EDT,M3.2.0,M11.1.0": what holds after the last listed change.
class Footer {
 public:
  explicit Footer(std::string_view text) : text_(text) {
    skip_name();
    standard_ = -take_time();
    if (text_.empty()) return;
    skip_name();
    summer_ = text_.starts_with(',') ? standard_ + 3600 : -take_time();
    begins_ = take_rule();
    ends_ = take_rule();
  }

  void add_changes(std::vector<Zone::Change>& changes, int year) const {
    if (!summer_) return;
    changes.push_back({second_of(begins_, year) - standard_, *summer_});
    changes.push_back({second_of(ends_, year) - *summer_, standard_});
  }

 private:
  struct Rule {
    char kind = 'M';  ///< 'M': month, week, weekday; 'J': day without 29 February; 'D': day from 0
    int month = 0, week = 0, day = 0;
    int time = 7200;
  };

  void skip_name() {
    const std::size_t length = text_.starts_with('<') ? text_.find('>') + 1 : text_.find_first_of(",+-0123456789");
    text_.remove_prefix(std::min(length, text_.size()));
  }
  bool take(char c) {
    const bool is_there = text_.starts_with(c);
    if (is_there) text_.remove_prefix(1);
    return is_there;
  }
  int take_number() {
    int value = 0;
    while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
      value = value * 10 + (text_.front() - '0');
      text_.remove_prefix(1);
    }
    return value;
  }
  int take_time() {
    const int sign = take('-') ? -1 : 1;
    take('+');
    int seconds = take_number() * 3600;
    if (take(':')) seconds += take_number() * 60;
    if (take(':')) seconds += take_number();
    return sign * seconds;
  }
  Rule take_rule() {
    Rule rule;
    take(',');
    rule.kind = take('M') ? 'M' : take('J') ? 'J' : 'D';
    (rule.kind == 'M' ? rule.month : rule.day) = take_number();
    if (take('.')) rule.week = take_number();
    if (take('.')) rule.day = take_number();
    if (take('/')) rule.time = take_time();
    return rule;
  }
  /// The rule's moment on the wall, as seconds since 1970 on that wall.
  static Second second_of(const Rule& rule, int in_year) {
    using namespace std::chrono;
    const year year_{in_year};
    sys_days date = sys_days{year_ / January / 1} + days{rule.kind == 'J' ? rule.day - 1 : rule.day};
    if (rule.kind == 'J' && year_.is_leap() && rule.day >= 60) date += days{1};
    if (rule.kind == 'M') {
      const weekday day{static_cast<unsigned>(rule.day)};
      const month in_month{static_cast<unsigned>(rule.month)};
      date = rule.week == 5 ? sys_days{year_ / in_month / day[last]}
                            : sys_days{year_ / in_month / day[static_cast<unsigned>(rule.week)]};
    }
    return sys_seconds{date}.time_since_epoch().count() + rule.time;
  }

  std::string_view text_;
  int standard_ = 0;
  std::optional<int> summer_;
  Rule begins_, ends_;
};

int year_of(Second instant) {
  const auto day = std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{std::chrono::seconds{instant}});
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

void go_on_after_the_last(std::vector<Zone::Change>& changes, std::string_view footer) {
  const Second last = changes.back().at;
  const int first_year = changes.size() == 1 ? 1970 : year_of(last);
  std::vector<Zone::Change> more;
  const Footer rules{footer};
  for (int year = first_year; year <= k_last_year; ++year) rules.add_changes(more, year);
  std::sort(more.begin(), more.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  for (const Zone::Change& change : more) {
    if (change.at > last) changes.push_back(change);
  }
}

}  // namespace

Zone::Zone(const std::string& file) {
  Bytes bytes{file};
  const Counts short_counts = take_header(bytes);
  bytes.skip(short_counts.time * 5 + short_counts.type * 6 + tail_of(short_counts, 4));
  const Counts counts = take_header(bytes);
  changes_ = take_changes(bytes, counts);
  std::string_view footer = bytes.rest();
  while (footer.starts_with('\n')) footer.remove_prefix(1);
  footer = footer.substr(0, footer.find('\n'));
  if (!footer.empty()) go_on_after_the_last(changes_, footer);
}

std::size_t Zone::index_at(Second instant) const {
  const auto after = std::upper_bound(changes_.begin() + 1, changes_.end(), instant,
                                      [](Second value, const Change& change) { return value < change.at; });
  return static_cast<std::size_t>(after - changes_.begin()) - 1;
}

std::vector<Zone::Change> Zone::changes(Second from, Second until) const {
  std::vector<Change> found;
  for (std::size_t i = index_at(from - 1) + 1; i < changes_.size() && changes_[i].at < until; ++i) {
    if (changes_[i].offset != changes_[i - 1].offset) found.push_back(changes_[i]);
  }
  return found;
}

const Zone& Zone::named(const std::string& name) {
  static std::map<std::string, std::unique_ptr<const Zone>> loaded;
  std::unique_ptr<const Zone>& zone = loaded[name];
  if (!zone) zone.reset(new Zone(content_of(folder() + "/" + name)));
  return *zone;
}

const std::vector<std::string>& Zone::names() {
  static const std::vector<std::string> names = [] {
    std::set<std::string> found;
    std::ifstream file(folder() + "/tzdata.zi");
    for (std::string line; std::getline(file, line);) {
      std::istringstream words(line);
      std::string kind, first, second;
      words >> kind >> first >> second;
      if (kind == "Z") found.insert(first);
      if (kind == "L") found.insert(second);
    }
    return std::vector<std::string>(found.begin(), found.end());
  }();
  return names;
}

}  // namespace oracle
