#include "reference_host/http/http_connection.hpp"

#include <algorithm>
#include <charconv>
#include <random>

#include "reference_host/http/chunked_body.hpp"
#include "reference_host/http/server_response.hpp"

// Where one request ends and the next one begins.
//
// A connection carries one request after the other, and only the requests themselves say how long they are. If a proxy
// in front of us finds another end than we do, an attacker can hide a second request in the body of the first. So there
// is exactly one way to read the bytes, and everything else is refused:
//
// - The head ends at the first empty line, and every line ends with CR LF (scan_head, parse_request_head).
// - The body's length comes from one header: one Content-Length of digits only, or Transfer-Encoding: chunked. Both
//   together, or one of them twice, is 400.
// - What arrived behind the body stays in pending_ and is the beginning of the next request.
// - Whenever a response leaves before the body was read to its end, the connection ends after it: keep_alive_ is false,
//   and finish() reads the rest for a moment, because closing at once could destroy the response on its way.

namespace crm::app {
namespace {

using State = ConnectionRegistry::State;

constexpr std::size_t k_piece = 4096;
constexpr std::size_t k_kept_bytes = 64 * 1024;  ///< a buffer that grew beyond this is given back
constexpr Refusal k_too_slow{408, "request_timeout", "The request did not arrive in time."};

bool is_sane_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

void give_back(std::string& buffer) {
  buffer.clear();
  if (buffer.capacity() > k_kept_bytes) buffer.shrink_to_fit();
}

}  // namespace

HttpConnection::HttpConnection(const Poco::Net::StreamSocket& socket, ConnectionSurroundings& surroundings)
    : TCPServerConnection(socket),
      all_(surroundings),
      stream_(socket.impl()->sockfd()),
      entry_(socket.impl()->sockfd()) {
  all_.registry.enter(entry_);
}

HttpConnection::~HttpConnection() {
  all_.registry.leave(entry_);
  --all_.open_connections;
}

void HttpConnection::run() {
  try {
    peer_ = socket().peerAddress().host().toString();
    stream_.set_patience(all_.config.keep_alive);
    while (serve_one()) {
    }
  } catch (const std::exception& error) {
    all_.log.error("http.connection", {{"what", error.what()}});
  } catch (...) {
    all_.log.error("http.connection", {{"what", "something that is no std::exception"}});
  }
}

bool HttpConnection::wait_for_request() {
  const auto patience =
      served_ == 0 ? std::max(all_.config.keep_alive, all_.config.request_deadline) : all_.config.keep_alive;
  const auto until = Clock::now() + patience;
  for (;;) {
    in_.resize(k_piece);
    std::size_t got = 0;
    const auto result = stream_.wait_first(in_.data(), in_.size(), got);
    in_.resize(got);
    if (result == SocketStream::Got::data) return true;
    if (result == SocketStream::Got::closed || all_.is_stopping || entry_.state == State::leaving) return false;
    if (Clock::now() >= until) return false;
  }
}

bool HttpConnection::serve_one() {
  exchange_.clear();
  in_.swap(pending_);
  give_back(pending_);
  if (in_.empty() && !wait_for_request()) return false;
  // A connection that was told to go while its request was under way is served, and goes then.
  State expected = State::silent;
  keep_alive_ = entry_.state.compare_exchange_strong(expected, State::busy) && !all_.is_stopping &&
                ++served_ < all_.config.requests_per_connection_max;
  began_ = Clock::now();
  deadline_ = began_ + all_.config.request_deadline;
  if (read_head() != Step::go_on) return false;

  exchange_.request.client_address = peer_;
  if (auto refused = all_.guard.admit(exchange_)) {
    // An unread body would be taken for the next request; without a length nobody knows where it ends.
    if (exchange_.head.has_body() || exchange_.head.expects_continue || refused->status == 411) keep_alive_ = false;
    if (!send(*refused)) return false;
    if (!keep_alive_) stream_.finish(Clock::now() + all_.config.linger);
    return keep_alive_;
  }
  if (exchange_.head.has_body() && read_body() != Step::go_on) return false;
  const sdk::Response response = all_.guard.respond(exchange_);
  if (!send(response) || !keep_alive_) return false;
  exchange_.found = {};  // lets a module that is being switched off go while this connection is silent
  entry_.silent_since = ConnectionRegistry::now_nanoseconds();
  expected = State::busy;
  return entry_.state.compare_exchange_strong(expected, State::silent);
}

HttpConnection::Step HttpConnection::read_head() {
  const HeadLimits& limits = all_.config.head;
  std::size_t scanned = 0;
  for (;;) {
    if (const auto step = scan_head(scanned)) return *step;
    const std::size_t line_end = in_.find('\n');
    if (line_end == std::string::npos && in_.size() > limits.target_bytes_max + 64)
      return refuse({414, "uri_too_long", "The address is too long."});
    if (line_end != std::string::npos && in_.size() - line_end > limits.header_bytes_max)
      return refuse({431, "headers_too_large", "The headers are too long."});
    const std::size_t before = in_.size();
    in_.resize(before + k_piece);
    std::size_t got = 0;
    const auto result = stream_.receive(in_.data() + before, k_piece, got, deadline_);
    in_.resize(before + got);
    if (result == SocketStream::Got::timed_out) return refuse(k_too_slow);
    if (result == SocketStream::Got::closed) return Step::close;
  }
}

std::optional<HttpConnection::Step> HttpConnection::scan_head(std::size_t& scanned) {
  // RFC 9112 2.2: an empty line before the request line is skipped, once.
  if (scanned == 0 && in_.starts_with("\r\n")) in_.erase(0, 2);
  for (std::size_t at = in_.find('\n', scanned); at != std::string::npos; at = in_.find('\n', at + 1)) {
    scanned = at + 1;
    if (at == 0 || in_[at - 1] != '\r') return refuse({400, "malformed_request", "Lines end with CR LF."});
    if (at < 3 || in_[at - 2] != '\n') continue;
    pending_.assign(in_, at + 1);
    in_.resize(at + 1);
    const auto refusal = parse_request_head(in_, all_.config.head, exchange_.head);
    if (refusal) return refuse(*refusal);
    keep_alive_ = keep_alive_ && exchange_.head.keep_alive;
    renew_request_id();
    return Step::go_on;
  }
  return std::nullopt;
}

HttpConnection::Step HttpConnection::read_body() {
  if (exchange_.head.expects_continue && pending_.empty() && !exchange_.head.is_http_1_0 &&
      !stream_.send_all("HTTP/1.1 100 Continue\r\n\r\n", deadline_))
    return Step::close;
  return exchange_.head.is_chunked ? read_chunked_body() : read_sized_body();
}

HttpConnection::Step HttpConnection::read_sized_body() {
  const auto length = static_cast<std::size_t>(*exchange_.head.content_length);
  exchange_.body.assign(pending_, 0, length);
  pending_.erase(0, exchange_.body.size());
  std::size_t have = exchange_.body.size();
  exchange_.body.resize(length);
  while (have < length) {
    std::size_t got = 0;
    const auto result = stream_.receive(exchange_.body.data() + have, length - have, got, deadline_);
    if (result == SocketStream::Got::timed_out) return refuse(k_too_slow);
    if (result == SocketStream::Got::closed) return Step::close;
    have += got;
  }
  return Step::go_on;
}

HttpConnection::Step HttpConnection::read_chunked_body() {
  ChunkedBody decoder(exchange_.body, exchange_.found.route->body_bytes_max);
  for (;;) {
    std::string_view input = pending_;
    const auto state = decoder.feed(input);
    pending_.erase(0, pending_.size() - input.size());
    if (state == ChunkedBody::State::complete) return Step::go_on;
    if (state == ChunkedBody::State::malformed)
      return refuse({400, "malformed_request", "The chunked body is malformed."});
    if (state == ChunkedBody::State::too_large)
      return refuse({413, "body_too_large", "The body is longer than this address accepts."});
    pending_.resize(k_piece);
    std::size_t got = 0;
    const auto result = stream_.receive(pending_.data(), pending_.size(), got, deadline_);
    pending_.resize(got);
    if (result == SocketStream::Got::timed_out) return refuse(k_too_slow);
    if (result == SocketStream::Got::closed) return Step::close;
  }
}

HttpConnection::Step HttpConnection::refuse(const Refusal& refusal) {
  keep_alive_ = false;
  if (exchange_.request_id.empty()) renew_request_id();
  if (exchange_.client.empty()) exchange_.client = peer_;
  if (send(server_response(refusal, false))) stream_.finish(Clock::now() + all_.config.linger);
  return Step::refused;
}

bool HttpConnection::send(const sdk::Response& response) {
  ResponseFrame frame;
  frame.request_id = exchange_.request_id;
  frame.is_head = exchange_.is_head_method;
  frame.keep_alive = keep_alive_;
  frame.is_http_1_0 = exchange_.head.is_http_1_0;
  frame.has_secret_path = exchange_.has_secret_path();
  give_back(out_);
  all_.writer.append(out_, response, frame);
  const std::size_t bytes = out_.size();
  const bool is_sent = stream_.send_all(out_, Clock::now() + all_.config.send_deadline);
  ++all_.requests;
  const auto& principal = exchange_.request.principal;
  all_.access.write({exchange_.head.method, exchange_.pattern(), response.status, bytes, Clock::now() - began_,
                     exchange_.request_id, exchange_.client, principal ? principal->id.value : 0});
  return is_sent;
}

void HttpConnection::renew_request_id() {
  thread_local std::mt19937_64 random{(std::uint64_t{std::random_device{}()} << 32U) | std::random_device{}()};
  for (const sdk::Field& field : exchange_.head.headers) {
    if (!equals_ignoring_case(field.name, "X-Request-Id") || !is_sane_id(field.value)) continue;
    exchange_.request_id = field.value;
    return;
  }
  constexpr char hex[] = "0123456789abcdef";
  std::uint64_t number = random();
  exchange_.request_id.assign(16, '0');
  for (char& digit : exchange_.request_id) {
    digit = hex[number & 15U];
    number >>= 4U;
  }
}

}  // namespace crm::app
