#pragma once
/// Requests to one CalDAV server as one user: basic and digest log-in, redirects within the server's own domain, and
/// the same guard for each of them.
///
/// Thread: one. Lives as long as what is done in one go, so that a digest's count goes on.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/adapters/caldav/dav_url.hpp"
#include "plugin/adapters/caldav/dav_xml.hpp"
#include "plugin/ports/calendar/calendar_provider.hpp"
#include "plugin/ports/calendar/http_client.hpp"

namespace Poco::Net {
class HTTPDigestCredentials;
}

namespace scheduling {

struct DavRequest {
  std::string method{};
  DavUrl url{};
  std::string body{};
  std::vector<std::pair<std::string, std::string>> headers{};
};

struct DavReply {
  HttpAnswer http{};
  DavUrl url{};                     ///< after redirects
  bool is_elsewhere = false;        ///< a redirect led out of the domain, or from https to http: not followed
  bool wants_other_log_in = false;  ///< neither basic nor digest

  bool is_answered() const { return http.fate == HttpAnswer::Fate::answered; }
  bool is(int status) const { return is_answered() && http.status == status; }
  bool is_good() const { return is_answered() && http.status >= 200 && http.status < 300; }
  /// Empty when there is none.
  std::string header(std::string_view name) const;
};

class DavClient {
 public:
  /// `first`: whose domain gets the password.
  DavClient(HttpClient& http, std::shared_ptr<const NetworkList> guard, DavUrl first, std::string username,
            std::string password);
  ~DavClient();
  DavClient(const DavClient&) = delete;
  DavClient& operator=(const DavClient&) = delete;

  DavReply send(const DavRequest& request);
  /// PROPFIND of properties given as XML ("<D:getetag/>"; the prefixes D, C and S are known).
  DavReply propfind(const DavUrl& url, int depth, std::string_view properties);
  DavReply report(const DavUrl& url, int depth, std::string body);

 private:
  enum class LogIn : std::uint8_t { unasked, basic, digest };
  HttpAnswer send_once(const DavRequest& request, const DavUrl& url);
  /// Whether there is another way to log in than the one that was refused.
  bool learn(const HttpAnswer& refused, const DavRequest& request, const DavUrl& url);
  std::optional<std::string> authorization(const std::string& method, const DavUrl& url);

  HttpClient& http_;
  std::shared_ptr<const NetworkList> guard_;
  DavUrl first_;
  std::string username_;
  std::string password_;
  LogIn log_in_ = LogIn::unasked;
  std::unique_ptr<Poco::Net::HTTPDigestCredentials> digest_;
};

/// As services know it; `is_write`: after which nobody knows what happened.
ProviderError dav_error(const DavReply& reply, bool is_write);

/// Wraps properties or whatever a REPORT asks for, with the prefixes D, C and S.
std::string dav_body(std::string_view element, std::string_view content);

}  // namespace scheduling
