#include "reference_host/http/access_log.hpp"

#include <charconv>
#include <ctime>
#include <string>

#include "crm/sdk/problem.hpp"

namespace crm::app {
namespace {

void append_number(std::string& out, std::int64_t number, int width = 0) {
  char digits[24];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
  for (auto length = end - digits; length < width; ++length) out += '0';
  out.append(digits, end);
}

/// The wall clock of the machine, RFC 3339 with milliseconds; the date part is formatted once a second.
void append_time(std::string& out) {
  using namespace std::chrono;
  thread_local std::time_t second = -1;
  thread_local char text[32];
  thread_local std::size_t length = 0;
  const auto now = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
  if (const std::time_t current = now / 1000; current != second) {
    std::tm parts{};
    gmtime_r(&current, &parts);
    length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.", &parts);
    second = current;
  }
  out.append(text, length);
  append_number(out, now % 1000, 3);
  out += 'Z';
}

}  // namespace

void AccessLog::write(const AccessEntry& entry) const {
  if (!sink_) return;
  std::string line;
  line.reserve(256);
  line += "{\"at\":\"";
  append_time(line);
  line += "\",\"level\":\"info\",\"event\":\"http.request\",\"method\":";
  sdk::append_json_string(line, entry.method);
  line += ",\"route\":";
  sdk::append_json_string(line, entry.pattern.empty() ? std::string_view("-") : entry.pattern);
  line += ",\"status\":";
  append_number(line, entry.status);
  line += ",\"bytes\":";
  append_number(line, static_cast<std::int64_t>(entry.bytes));
  line += ",\"micros\":";
  append_number(line, std::chrono::duration_cast<std::chrono::microseconds>(entry.took).count());
  line += ",\"request_id\":\"";
  line.append(entry.request_id).append("\",\"client\":\"").append(entry.client);
  line += '"';
  if (entry.user != 0) {
    line += ",\"user\":";
    append_number(line, entry.user);
  }
  line += '}';
  sink_(line);
}

}  // namespace crm::app
