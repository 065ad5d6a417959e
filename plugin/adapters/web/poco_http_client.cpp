#include "plugin/adapters/web/poco_http_client.hpp"

#include <Poco/Net/Context.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/HostEntry.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/URI.h>

#include <algorithm>
#include <istream>

#include "plugin/core/network/retry_after.hpp"

namespace scheduling {
namespace {

using Poco::Net::Context;
using std::chrono::steady_clock;

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

/// An address is taken as it is: the resolver would look for its name, which it need not have.
std::vector<Poco::Net::IPAddress> addresses_of(const std::string& host) {
  Poco::Net::IPAddress address;
  if (Poco::Net::IPAddress::tryParse(host, address)) return {address};
  const Poco::Net::HostEntry entry = Poco::Net::DNS::hostByName(host);
  return {entry.addresses().begin(), entry.addresses().end()};
}

NetworkAddress address_of(const Poco::Net::IPAddress& address) {
  const auto* const bytes = static_cast<const std::uint8_t*>(address.addr());
  if (address.family() == Poco::Net::IPAddress::IPv4)
    return NetworkAddress::of_v4({bytes[0], bytes[1], bytes[2], bytes[3]});
  NetworkAddress::Bytes all{};
  std::copy_n(bytes, all.size(), all.begin());
  return NetworkAddress(all);
}

/// A time is judged by the server's own clock, which it tells with every answer.
std::optional<std::chrono::seconds> pause_of(const Poco::Net::HTTPResponse& response) {
  if (!response.has("Retry-After")) return std::nullopt;
  return retry_after_of(response.get("Retry-After"), parse_http_date(response.get("Date", "")));
}

/// Bytes that stop before their time, or do not stop, are no answer.
void read_body(std::istream& in, HttpAnswer& answer, std::streamsize announced, std::size_t bytes_max) {
  const auto until = steady_clock::now() + k_whole;
  char buffer[16384];
  while (in.read(buffer, sizeof buffer) || in.gcount() > 0) {
    answer.body.append(buffer, static_cast<std::size_t>(in.gcount()));
    if (answer.body.size() > bytes_max) throw Poco::Net::HTTPException("the answer is too long");
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
      if (call.guard) {
        send_guarded(url, call, answer);
        return answer;
      }
      if (url.getScheme() == "http" && !is_local(url.getHost()))
        return not_sent("http is for this machine alone; elsewhere only https keeps tokens secret");
      exchange(*open(url), url, call, answer);
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

  static void exchange(Poco::Net::HTTPClientSession& session, const Poco::URI& url, const HttpCall& call,
                       HttpAnswer& answer) {
    session.setTimeout(Poco::Timespan(k_connect_seconds, 0), Poco::Timespan(k_quiet_seconds, 0),
                       Poco::Timespan(k_quiet_seconds, 0));
    const std::string path = url.getPathAndQuery();
    Poco::Net::HTTPRequest request(call.method, path.empty() ? "/" : path, Poco::Net::HTTPMessage::HTTP_1_1);
    request.setHost(url.getHost(), url.getPort());
    for (const auto& [name, value] : call.headers) request.set(name, value);
    request.setContentLength(static_cast<std::streamsize>(call.body.size()));
    std::ostream& out = session.sendRequest(request);
    // From here on nobody knows whether the other side has it.
    answer.fate = HttpAnswer::Fate::lost;
    out.write(call.body.data(), static_cast<std::streamsize>(call.body.size()));
    Poco::Net::HTTPResponse response;
    std::istream& in = session.receiveResponse(response);
    answer.status = static_cast<int>(response.getStatus());
    for (const auto& [name, value] : response) answer.headers.emplace_back(name, value);
    answer.retry_after = pause_of(response);
    const bool has_body = answer.status != 204 && answer.status != 304;
    if (has_body)
      read_body(in, answer, response.hasContentLength() ? response.getContentLength() : std::streamsize{-1},
                call.answer_max);
    answer.fate = HttpAnswer::Fate::answered;
  }

  /// The name is resolved once, and the address that was judged is the one that is called: a name that means another
  /// machine a moment later changes nothing.
  void send_guarded(const Poco::URI& url, const HttpCall& call, HttpAnswer& answer) const {
    const bool is_plain = url.getScheme() == "http";
    std::vector<Poco::Net::IPAddress> allowed;
    for (const Poco::Net::IPAddress& each : addresses_of(url.getHost())) {
      const AddressKind kind = call.guard->judge(address_of(each));
      if (kind == AddressKind::listed || (kind == AddressKind::reachable && !is_plain)) allowed.push_back(each);
    }
    if (allowed.empty()) {
      answer.is_forbidden = true;
      answer.trouble = is_plain ? "http is for networks that the administrator allowed; elsewhere only https keeps "
                                  "passwords secret"
                                : "the address is in a network that the administrator has not allowed";
      return;
    }
    const auto socket = connect(url, allowed);
    // A session that is given its socket sets no limits of its own.
    socket->setSendTimeout(Poco::Timespan(k_quiet_seconds, 0));
    socket->setReceiveTimeout(Poco::Timespan(k_quiet_seconds, 0));
    Poco::Net::HTTPClientSession session(*socket);
    exchange(session, url, call, answer);
  }

  std::unique_ptr<Poco::Net::StreamSocket> connect(const Poco::URI& url,
                                                   const std::vector<Poco::Net::IPAddress>& addresses) const {
    for (std::size_t i = 0;; ++i) {
      const Poco::Net::SocketAddress target(addresses[i], url.getPort());
      try {
        if (url.getScheme() == "http") {
          auto socket = std::make_unique<Poco::Net::StreamSocket>();
          socket->connect(target, Poco::Timespan(k_connect_seconds, 0));
          return socket;
        }
        auto socket = std::make_unique<Poco::Net::SecureStreamSocket>(context_);
        socket->setPeerHostName(url.getHost());
        socket->connect(target, Poco::Timespan(k_connect_seconds, 0));
        return socket;
      } catch (const Poco::Exception&) {
        if (i + 1 == addresses.size()) throw;
      }
    }
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
