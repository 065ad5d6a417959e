#include "reference_host/http/http_connection.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <random>

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
//   and the rest is swallowed for a moment (Stage::leaving), because closing at once could destroy the response on its
//   way.
//
// How it waits: not at all. Each step does what the bytes at hand allow. Then go_on() says what is missing and until
// when, the thread goes to somebody else, and the loop calls again. Only between two requests does the thread stay for
// a moment (config.moment), because a busy client's next request is usually on its way.

namespace crm::app {
namespace {

constexpr std::size_t k_piece = 4096;
constexpr std::size_t k_kept_bytes = 64 * 1024;  ///< a buffer that grew beyond this is given back
constexpr Refusal k_too_slow{408, "request_timeout", "The request did not arrive in time."};

constexpr std::string_view k_overloaded =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json; charset=utf-8\r\n"
    "Content-Length: 123\r\nRetry-After: 1\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
    "Connection: close\r\n\r\n"
    "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"code\":\"overloaded\","
    "\"detail\":\"Too many open connections.\"}";
static_assert(k_overloaded.size() - (k_overloaded.find("\r\n\r\n") + 4) == 123, "Content-Length above");

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

HttpConnection::HttpConnection(OwnedDescriptor descriptor, std::string peer, bool is_trusted,
                               ConnectionSurroundings& surroundings)
    : Connection(std::move(descriptor), std::move(peer), is_trusted),
      all_(surroundings),
      stream_(fd()),
      since_(Clock::now()) {
  stream_.set_moment(all_.config.moment);
}

HttpConnection::~HttpConnection() {
  note_sent();
}

std::optional<Pause> HttpConnection::go_on(Wake why) noexcept {
  try {
    Step step = why == Wake::ready ? take_step() : give_way(why);
    while (step == Step::go_on) step = take_step();
    if (step == Step::wait) return pause();
  } catch (const std::exception& error) {
    all_.log.error("http.connection", {{"what", error.what()}});
  } catch (...) {
    all_.log.error("http.connection", {{"what", "something that is no std::exception"}});
  }
  return std::nullopt;
}

HttpConnection::Step HttpConnection::take_step() {
  switch (stage_) {
    case Stage::head: return read_head();
    case Stage::body: return read_body();
    case Stage::sending: return go_on_sending();
    case Stage::leaving: return swallow();
  }
  return Step::over;
}

Pause HttpConnection::pause() const {
  const auto keep_alive = is_trusted() ? all_.config.proxy_keep_alive : all_.config.keep_alive;
  switch (stage_) {
    case Stage::head:
      if (is_silent())
        return {Doing::silence, since_,
                since_ + (served_ == 0 ? std::max(keep_alive, all_.config.request_deadline) : keep_alive), 0};
      return {Doing::reading, began_, deadline_, in_.size()};
    case Stage::body: return {Doing::reading, began_, deadline_, in_.size() + pending_.size() + exchange_.body.size()};
    case Stage::sending: return {Doing::sending, since_, since_ + all_.config.send_deadline, out_.size()};
    case Stage::leaving: return {Doing::leaving, since_, since_ + all_.config.linger, 0};
  }
  return {};
}

HttpConnection::Step HttpConnection::give_way(Wake why) {
  if (why == Wake::overloaded && (stage_ == Stage::head || stage_ == Stage::body)) {
    std::string_view bytes = k_overloaded;
    return stream_.send(bytes) ? leave() : Step::over;
  }
  const bool is_half_read = (stage_ == Stage::head && !in_.empty()) || stage_ == Stage::body;
  return is_half_read ? refuse(k_too_slow) : Step::over;
}

void HttpConnection::begin_request() {
  keep_alive_ = !all_.is_stopping && ++served_ < all_.config.requests_per_connection_max;
  began_ = Clock::now();
  deadline_ = began_ + all_.config.request_deadline;
}

HttpConnection::Step HttpConnection::read_head() {
  const HeadLimits& limits = all_.config.head;
  for (;;) {
    if (!in_.empty()) {
      if (const auto step = scan_head()) return *step;
      const std::size_t line_end = in_.find('\n');
      if (line_end == std::string::npos && in_.size() > limits.target_bytes_max + 64)
        return refuse({414, "uri_too_long", "The address is too long."});
      if (line_end != std::string::npos && in_.size() - line_end > limits.header_bytes_max)
        return refuse({431, "headers_too_large", "The headers are too long."});
    }
    const std::size_t before = in_.size();
    in_.resize(before + k_piece);
    std::size_t got = 0;
    // A busy client's next request is usually on its way. Waiting inside of recv() makes it one system call.
    const bool may_stay = before == 0 && !all_.is_stopping && !all_.is_short();
    const auto result =
        may_stay ? stream_.receive_soon(in_.data(), k_piece, got) : stream_.receive(in_.data() + before, k_piece, got);
    in_.resize(before + got);
    if (result == SocketStream::Got::closed) return Step::over;
    if (result == SocketStream::Got::nothing_yet) return Step::wait;
    if (before == 0) begin_request();
    // Checked here too: a peer that always has one more byte must not outrun the deadline.
    if (Clock::now() >= deadline_) return refuse(k_too_slow);
  }
}

std::optional<HttpConnection::Step> HttpConnection::scan_head() {
  // RFC 9112 2.2: an empty line before the request line is skipped, once.
  if (scanned_ == 0 && in_.starts_with("\r\n")) in_.erase(0, 2);
  for (std::size_t at = in_.find('\n', scanned_); at != std::string::npos; at = in_.find('\n', at + 1)) {
    scanned_ = at + 1;
    if (at == 0 || in_[at - 1] != '\r') return refuse({400, "malformed_request", "Lines end with CR LF."});
    if (at < 3 || in_[at - 2] != '\n') continue;
    pending_.assign(in_, at + 1);
    in_.resize(at + 1);
    const auto refusal = parse_request_head(in_, all_.config.head, exchange_.head);
    if (refusal) return refuse(*refusal);
    keep_alive_ = keep_alive_ && exchange_.head.keep_alive;
    renew_request_id();
    return meet_request();
  }
  return std::nullopt;
}

HttpConnection::Step HttpConnection::meet_request() {
  exchange_.request.client_address = peer();
  const auto refused = all_.guard.admit(exchange_);
  if (!refused) return exchange_.head.has_body() ? begin_body() : respond();
  // An unread body would be taken for the next request; without a length nobody knows where it ends.
  if (exchange_.head.has_body() || exchange_.head.expects_continue || refused->status == 411) keep_alive_ = false;
  return send(*refused, keep_alive_ ? Then::next_request : Then::leave);
}

HttpConnection::Step HttpConnection::begin_body() {
  if (exchange_.head.expects_continue && pending_.empty() && !exchange_.head.is_http_1_0) {
    std::string_view bytes = "HTTP/1.1 100 Continue\r\n\r\n";
    if (!stream_.send(bytes) || !bytes.empty()) return Step::over;
  }
  stage_ = Stage::body;
  if (exchange_.head.is_chunked) {
    chunks_ = std::make_unique<ChunkedBody>(exchange_.body, exchange_.found.route->body_bytes_max);
    return Step::go_on;
  }
  const auto length = static_cast<std::size_t>(*exchange_.head.content_length);
  exchange_.body.assign(pending_, 0, length);
  pending_.erase(0, exchange_.body.size());
  body_read_ = exchange_.body.size();
  return Step::go_on;
}

HttpConnection::Step HttpConnection::read_body() {
  return exchange_.head.is_chunked ? read_chunked_body() : read_sized_body();
}

/// The body grows with what comes: a length alone must not cost us memory.
HttpConnection::Step HttpConnection::read_sized_body() {
  const auto length = static_cast<std::size_t>(*exchange_.head.content_length);
  while (body_read_ < length) {
    if (Clock::now() >= deadline_) return refuse(k_too_slow);
    const std::size_t piece = std::min(length - body_read_, std::max(k_piece, body_read_));
    exchange_.body.resize(body_read_ + piece);
    std::size_t got = 0;
    const auto result = stream_.receive(exchange_.body.data() + body_read_, piece, got);
    body_read_ += got;
    exchange_.body.resize(body_read_);
    if (result == SocketStream::Got::closed) return Step::over;
    if (result == SocketStream::Got::nothing_yet) return Step::wait;
  }
  return respond();
}

HttpConnection::Step HttpConnection::read_chunked_body() {
  for (;;) {
    std::string_view input = pending_;
    const auto state = chunks_->feed(input);
    pending_.erase(0, pending_.size() - input.size());
    if (state == ChunkedBody::State::complete) return respond();
    if (state == ChunkedBody::State::malformed)
      return refuse({400, "malformed_request", "The chunked body is malformed."});
    if (state == ChunkedBody::State::too_large)
      return refuse({413, "body_too_large", "The body is longer than this address accepts."});
    if (Clock::now() >= deadline_) return refuse(k_too_slow);
    const std::size_t before = pending_.size();
    pending_.resize(before + k_piece);
    std::size_t got = 0;
    const auto result = stream_.receive(pending_.data() + before, k_piece, got);
    pending_.resize(before + got);
    if (result == SocketStream::Got::closed) return Step::over;
    if (result == SocketStream::Got::nothing_yet) return Step::wait;
  }
}

HttpConnection::Step HttpConnection::respond() {
  const sdk::Response response = all_.guard.respond(exchange_);
  return send(response, keep_alive_ ? Then::next_request : Then::close);
}

HttpConnection::Step HttpConnection::refuse(const Refusal& refusal) {
  keep_alive_ = false;
  if (exchange_.request_id.empty()) renew_request_id();
  if (exchange_.client.empty()) exchange_.client = peer();
  return send(server_response(refusal, false), Then::leave);
}

HttpConnection::Step HttpConnection::send(const sdk::Response& response, Then then) {
  ResponseFrame frame;
  frame.request_id = exchange_.request_id;
  frame.is_head = exchange_.is_head_method;
  frame.keep_alive = keep_alive_;
  frame.is_behind_proxy = is_trusted();
  frame.is_http_1_0 = exchange_.head.is_http_1_0;
  frame.has_secret_path = exchange_.has_secret_path();
  give_back(out_);
  all_.writer.append(out_, response, frame);
  ++all_.requests;
  pattern_ = exchange_.pattern();
  const auto& principal = exchange_.request.principal;
  entry_ = {exchange_.head.method,
            pattern_,
            response.status,
            out_.size(),
            {},
            exchange_.request_id,
            exchange_.client,
            principal ? principal->id.value : 0};
  is_answering_ = true;
  exchange_.found = {};  // lets a module that is being switched off go while the peer takes its time
  give_back(exchange_.body);
  unsent_ = out_;
  then_ = then;
  stage_ = Stage::sending;
  since_ = Clock::now();
  return go_on_sending();
}

HttpConnection::Step HttpConnection::go_on_sending() {
  if (!stream_.send(unsent_)) return Step::over;
  if (!unsent_.empty()) return Step::wait;
  note_sent();
  if (then_ == Then::leave) return leave();
  if (then_ == Then::close) return Step::over;
  exchange_.clear();
  chunks_.reset();
  give_back(out_);
  in_.swap(pending_);
  give_back(pending_);
  scanned_ = 0;
  stage_ = Stage::head;
  since_ = Clock::now();
  if (!in_.empty()) begin_request();
  return Step::go_on;
}

HttpConnection::Step HttpConnection::leave() {
  stream_.end_sending();
  stage_ = Stage::leaving;
  since_ = Clock::now();
  return Step::go_on;
}

HttpConnection::Step HttpConnection::swallow() {
  std::array<char, 16 * 1024> piece;
  std::size_t got = 0;
  for (int pieces = 0; pieces < 64; ++pieces) {
    const auto result = stream_.receive(piece.data(), piece.size(), got);
    if (result == SocketStream::Got::closed) return Step::over;
    if (result == SocketStream::Got::nothing_yet) return Step::wait;
  }
  return Clock::now() >= since_ + all_.config.linger ? Step::over : Step::wait;
}

/// The answer has been taken, or never will be.
void HttpConnection::note_sent() {
  if (!is_answering_) return;
  is_answering_ = false;
  entry_.took = Clock::now() - began_;
  all_.access.write(entry_);
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
