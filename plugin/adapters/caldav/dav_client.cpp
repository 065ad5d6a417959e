#include "plugin/adapters/caldav/dav_client.hpp"

#include <Poco/Base64Encoder.h>
#include <Poco/Exception.h>
#include <Poco/Net/HTTPDigestCredentials.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/String.h>

#include <sstream>

namespace scheduling {
namespace {

constexpr int k_redirects_max = 5;
constexpr std::size_t k_answer_max = std::size_t{48} * 1024 * 1024;  // a list of 100,000 events

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 307 || status == 308;
}

bool begins_with(const std::string& text, const char* scheme) {
  return Poco::icompare(text.substr(0, std::char_traits<char>::length(scheme)), scheme) == 0;
}

std::string base64(const std::string& text) {
  std::ostringstream out;
  Poco::Base64Encoder encoder(out);
  encoder.rdbuf()->setLineLength(0);
  encoder << text;
  encoder.close();
  return out.str();
}

ProviderTrouble trouble_of(int status, bool is_write) {
  switch (status) {
    case 401: return ProviderTrouble::token_refused;
    case 404:
    case 410: return ProviderTrouble::not_found;
    case 412: return ProviderTrouble::changed;
    case 429: return ProviderTrouble::rate_limited;
    case 503:
    case 507: return ProviderTrouble::unavailable;
    default: break;
  }
  if (status < 500) return ProviderTrouble::refused;
  return is_write ? ProviderTrouble::unknown : ProviderTrouble::unavailable;
}

}  // namespace

std::string DavReply::header(std::string_view name) const {
  for (const auto& [known, value] : http.headers)
    if (Poco::icompare(known, std::string(name)) == 0) return value;
  return {};
}

DavClient::DavClient(HttpClient& http, std::shared_ptr<const NetworkList> guard, DavUrl first, std::string username,
                     std::string password)
    : http_(http),
      guard_(std::move(guard)),
      first_(std::move(first)),
      username_(std::move(username)),
      password_(std::move(password)) {}

DavClient::~DavClient() = default;

std::optional<std::string> DavClient::authorization(const std::string& method, const DavUrl& url) {
  if (log_in_ == LogIn::basic) return "Basic " + base64(username_ + ":" + password_);
  if (log_in_ != LogIn::digest || !digest_) return std::nullopt;
  Poco::Net::HTTPRequest request(method, url.path);
  digest_->updateAuthInfo(request);
  return request.get("Authorization");
}

HttpAnswer DavClient::send_once(const DavRequest& request, const DavUrl& url) {
  HttpCall call;
  call.method = request.method;
  call.url = url.text();
  call.headers = request.headers;
  call.body = request.body;
  call.guard = guard_;
  call.answer_max = k_answer_max;
  if (auto header = authorization(request.method, url)) call.headers.emplace_back("Authorization", std::move(*header));
  return http_.send(call);
}

bool DavClient::learn(const HttpAnswer& refused, const DavRequest& request, const DavUrl& url) {
  bool has_basic = false;
  for (const auto& [name, value] : refused.headers) {
    if (Poco::icompare(name, "WWW-Authenticate") != 0) continue;
    if (begins_with(value, "Basic")) has_basic = true;
    if (!begins_with(value, "Digest")) continue;
    try {
      Poco::Net::HTTPRequest asked(request.method, url.path);
      Poco::Net::HTTPResponse answer;
      answer.set("WWW-Authenticate", value);
      digest_ = std::make_unique<Poco::Net::HTTPDigestCredentials>(username_, password_);
      digest_->authenticate(asked, answer);
      log_in_ = LogIn::digest;
      return true;
    } catch (const Poco::Exception&) {
      digest_.reset();  // an algorithm that is not known here
    }
  }
  if (!has_basic || log_in_ == LogIn::basic) return false;
  log_in_ = LogIn::basic;
  return true;
}

DavReply DavClient::send(const DavRequest& request) {
  DavReply reply;
  reply.url = request.url;
  int logged_in = 0;
  for (int redirects = 0;;) {
    if (!may_follow(first_, reply.url)) {
      reply.is_elsewhere = true;
      return reply;
    }
    reply.http = send_once(request, reply.url);
    if (reply.is(401)) {
      // A digest's nonce grows old, hence twice.
      const bool may_try = logged_in < (log_in_ == LogIn::digest ? 2 : 1) && log_in_ != LogIn::basic;
      ++logged_in;
      if (may_try && learn(reply.http, request, reply.url)) continue;
      reply.wants_other_log_in = log_in_ == LogIn::unasked;
      return reply;
    }
    if (!reply.is_answered() || !is_redirect(reply.http.status)) return reply;
    const auto next = reply.url.resolve(reply.header("Location"));
    if (!next || ++redirects > k_redirects_max) return reply;
    reply.url = *next;
  }
}

std::string dav_body(std::string_view element, std::string_view content) {
  const std::string name(element);
  return R"(<?xml version="1.0" encoding="utf-8"?><)" + name +
         R"( xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/">)" +
         std::string(content) + "</" + name + ">";
}

DavReply DavClient::propfind(const DavUrl& url, int depth, std::string_view properties) {
  return send({"PROPFIND",
               url,
               dav_body("D:propfind", "<D:prop>" + std::string(properties) + "</D:prop>"),
               {{"Depth", std::to_string(depth)}, {"Content-Type", "application/xml; charset=utf-8"}}});
}

DavReply DavClient::report(const DavUrl& url, int depth, std::string body) {
  return send({"REPORT",
               url,
               std::move(body),
               {{"Depth", std::to_string(depth)}, {"Content-Type", "application/xml; charset=utf-8"}}});
}

ProviderError dav_error(const DavReply& reply, bool is_write) {
  if (reply.is_elsewhere)
    return {ProviderTrouble::refused, "The server leads to another domain, which gets no password.", {}};
  if (reply.http.is_forbidden)
    return {ProviderTrouble::refused, "The server is in a network that the administrator has not allowed.", {}};
  if (!reply.is_answered()) {
    const bool is_lost = is_write && reply.http.fate == HttpAnswer::Fate::lost;
    return {is_lost ? ProviderTrouble::unknown : ProviderTrouble::unavailable, reply.http.trouble, {}};
  }
  return {trouble_of(reply.http.status, is_write), "The server answered " + std::to_string(reply.http.status) + ".",
          reply.http.retry_after};
}

}  // namespace scheduling
