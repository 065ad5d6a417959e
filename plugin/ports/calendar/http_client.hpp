#pragma once
/// One HTTP exchange with a provider. Time, size and trust are limited: a provider is a stranger.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scheduling {

struct HttpCall {
  std::string method = "GET";
  std::string url{};
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
};

struct HttpAnswer {
  /// How far the call came. After `lost` nobody knows whether the provider did what was asked.
  enum class Fate : std::uint8_t { answered, not_sent, lost };
  Fate fate = Fate::not_sent;
  std::string trouble{};  ///< of not_sent and lost; never holds a URL's query or a header
  int status = 0;
  std::string body{};
  std::optional<std::chrono::seconds> retry_after{};
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  /// https with certificates checked, or http to this machine itself. Follows no redirects.
  /// Thread: any. Blocks, at most about half a minute.
  virtual HttpAnswer send(const HttpCall& call) = 0;
};

}  // namespace scheduling
