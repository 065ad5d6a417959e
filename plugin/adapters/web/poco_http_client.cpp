#include "plugin/adapters/web/poco_http_client.hpp"

#include <Poco/Net/Context.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/HostEntry.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/URI.h>

#include <algorithm>
#include <charconv>
#include <istream>

namespace scheduling {
namespace {

using Poco::Net::Context;
using std::chrono::steady_clock;

constexpr std::size_t k_body_max = 8 * 1024 * 1024;  // 2,500 events with long descriptions
constexpr int k_connect_seconds = 10;
constexpr int k_quiet_seconds = 20;
constexpr std::chrono::seconds k_whole{60};

HttpAnswer not_sent(std::string trouble) {
  HttpAnswer answer;
  answer.trouble = std::move(trouble);
  return answer;
}

bool is_local(const std::string& host) {
  try {
    const auto addresses = Poco::Net::DNS::resolve(host).addresses();
    return !addresses.empty() &&
           std::ranges::all_of(addresses, [](const Poco::Net::IPAddress& each) { return each.isLoopback(); });
  } catch (const Poco::Exception&) {
    return false;
  }
}

std::optional<std::chrono::seconds> seconds_in(const std::string& text) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size() || seconds < 0) return std::nullopt;
  return std::chrono::seconds{std::min<std::int64_t>(seconds, 86400)};
}

/// Bytes that stop before their time, or do not stop, are no answer.
void read_body(std::istream& in, HttpAnswer& answer, std::streamsize announced) {
  const auto until = steady_clock::now() + k_whole;
  char buffer[16384];
  while (in.read(buffer, sizeof buffer) || in.gcount() > 0) {
    answer.body.append(buffer, static_cast<std::size_t>(in.gcount()));
    if (answer.body.size() > k_body_max) throw Poco::Net::HTTPException("the answer is too long");
    if (steady_clock::now() > until) throw Poco::TimeoutException("the answer takes too long");
  }
  if (announced >= 0 && answer.body.size() != static_cast<std::size_t>(announced))
    throw Poco::Net::HTTPException("the answer ended too early");
}

class PocoHttpClient final : public HttpClient {
 public:
  explicit PocoHttpClient(const std::string& ca_file) {
    context_ = new Context(Context::TLS_CLIENT_USE, ca_file, Context::VERIFY_STRICT, 9, true);
    context_->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  }

  HttpAnswer send(const HttpCall& call) override {
    HttpAnswer answer;
    try {
      const Poco::URI url(call.url);
      if (url.getHost().empty() || (url.getScheme() != "https" && url.getScheme() != "http"))
        return not_sent("the address is none of http or https");
      if (url.getScheme() == "http" && !is_local(url.getHost()))
        return not_sent("http is for this machine alone; elsewhere only https keeps tokens secret");
      exchange(url, call, answer);
      return answer;
    } catch (const Poco::Exception& error) {
      answer.trouble = error.displayText();
    } catch (const std::exception& error) {
      answer.trouble = error.what();
    }
    answer.body.clear();
    return answer;
  }

 private:
  /// Poco's TLS counts its users; it is up before the context and down after it.
  struct Tls {
    Tls() { Poco::Net::initializeSSL(); }
    ~Tls() { Poco::Net::uninitializeSSL(); }
    Tls(const Tls&) = delete;
    Tls& operator=(const Tls&) = delete;
  };

  void exchange(const Poco::URI& url, const HttpCall& call, HttpAnswer& answer) {
    const auto session = open(url);
    session->setTimeout(Poco::Timespan(k_connect_seconds, 0), Poco::Timespan(k_quiet_seconds, 0),
                        Poco::Timespan(k_quiet_seconds, 0));
    Poco::Net::HTTPRequest request(call.method, url.getPathAndQuery(), Poco::Net::HTTPMessage::HTTP_1_1);
    for (const auto& [name, value] : call.headers) request.set(name, value);
    request.setContentLength(static_cast<std::streamsize>(call.body.size()));
    std::ostream& out = session->sendRequest(request);
    // From here on nobody knows whether the other side has it.
    answer.fate = HttpAnswer::Fate::lost;
    out.write(call.body.data(), static_cast<std::streamsize>(call.body.size()));
    Poco::Net::HTTPResponse response;
    std::istream& in = session->receiveResponse(response);
    answer.status = static_cast<int>(response.getStatus());
    if (response.has("Retry-After")) answer.retry_after = seconds_in(response.get("Retry-After"));
    const bool has_body = answer.status != 204 && answer.status != 304;
    if (has_body)
      read_body(in, answer, response.hasContentLength() ? response.getContentLength() : std::streamsize{-1});
    answer.fate = HttpAnswer::Fate::answered;
  }

  std::unique_ptr<Poco::Net::HTTPClientSession> open(const Poco::URI& url) const {
    if (url.getScheme() == "https")
      return std::make_unique<Poco::Net::HTTPSClientSession>(url.getHost(), url.getPort(), context_);
    return std::make_unique<Poco::Net::HTTPClientSession>(url.getHost(), url.getPort());
  }

  Tls tls_;
  Context::Ptr context_;
};

}  // namespace

std::unique_ptr<HttpClient> make_poco_http_client(const std::string& ca_file) {
  return std::make_unique<PocoHttpClient>(ca_file);
}

}  // namespace scheduling
