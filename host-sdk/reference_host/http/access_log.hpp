#pragma once
/// One JSON line per answered request: method, route pattern, status, bytes, duration, id, client.
///
/// Never the path or the query: a secret may stand in them, and a mistyped secret link matches no
/// route. A request that matched none is logged with the pattern "-".
#include <chrono>
#include <functional>
#include <string_view>

namespace crm::app {

struct AccessEntry {
  std::string_view method;
  std::string_view pattern;
  int status = 0;
  std::size_t bytes = 0;
  std::chrono::steady_clock::duration took{};
  std::string_view request_id;
  std::string_view client;
  std::int64_t user = 0;  ///< 0: nobody signed in
};

class AccessLog {
 public:
  explicit AccessLog(std::function<void(std::string_view)> sink) : sink_(std::move(sink)) {}
  void write(const AccessEntry& entry) const;

 private:
  std::function<void(std::string_view)> sink_;
};

}  // namespace crm::app
