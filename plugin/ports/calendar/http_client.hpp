#pragma once
/// One HTTP exchange with a provider. Time, size and trust are limited: a provider is a stranger.
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/core/network/network_list.hpp"

namespace scheduling {

struct HttpCall {
  std::string method = "GET";
  std::string url{};
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  std::size_t answer_max = std::size_t{8} * 1024 * 1024;  ///< bytes: 2,500 events with long descriptions
  /// Set when the URL is a user's or another server's word: the name is resolved, its address judged by this list, and
  /// exactly that address called; http is for listed networks alone. Null: the administrator's own URL.
  std::shared_ptr<const NetworkList> guard{};
};

struct HttpAnswer {
  /// How far the call came. After `lost` nobody knows whether the provider did what was asked.
  enum class Fate : std::uint8_t { answered, not_sent, lost };
  Fate fate = Fate::not_sent;
  std::string trouble{};      ///< of not_sent and lost; never holds a URL's query or a header
  bool is_forbidden = false;  ///< not sent, because where the URL leads is not allowed
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers{};
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
