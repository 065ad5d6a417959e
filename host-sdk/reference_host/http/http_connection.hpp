#pragma once
/// One connection: reads requests one after the other and responds to them, and never waits for its peer.
///
/// Anything that leaves the position in the byte stream in doubt ends the connection: a malformed or
/// refused request, an unread body, a truncated one. So no byte is ever taken for another request.
#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "reference_host/http/access_log.hpp"
#include "reference_host/http/chunked_body.hpp"
#include "reference_host/http/http_server_config.hpp"
#include "reference_host/http/request_guard.hpp"
#include "reference_host/http/response_writer.hpp"
#include "reference_host/http/socket_stream.hpp"
#include "reference_host/network/connection.hpp"

namespace crm::app {

/// What all connections of a server share.
struct ConnectionSurroundings {
  const HttpServerConfig& config;
  RequestGuard& guard;
  const ResponseWriter& writer;
  const AccessLog& access;
  sdk::Log& log;
  std::atomic<bool>& is_stopping;
  std::atomic<std::uint64_t>& requests;
  std::function<bool()> is_short;  ///< of threads
};

class HttpConnection final : public Connection {
 public:
  HttpConnection(OwnedDescriptor fd, std::string peer, bool is_trusted, ConnectionSurroundings& surroundings);
  ~HttpConnection() override;
  std::optional<Pause> go_on(Wake why) noexcept override;

 private:
  enum class Stage { head, body, sending, leaving };
  enum class Step { go_on, wait, over };
  /// What comes behind an answer.
  enum class Then { next_request, leave, close };

  Step take_step();
  Step give_way(Wake why);
  Pause pause() const;
  void begin_request();
  Step read_head();
  /// Looks for the empty line in what arrived; empty: it has not come.
  std::optional<Step> scan_head();
  Step meet_request();
  Step begin_body();
  Step read_body();
  Step read_sized_body();
  Step read_chunked_body();
  Step respond();
  Step refuse(const Refusal& refusal);
  Step send(const sdk::Response& response, Then then);
  Step go_on_sending();
  Step leave();
  Step swallow();
  void note_sent();
  void renew_request_id();
  bool is_silent() const { return stage_ == Stage::head && in_.empty(); }

  ConnectionSurroundings& all_;
  SocketStream stream_;
  Exchange exchange_;
  std::unique_ptr<ChunkedBody> chunks_;
  std::string in_;       ///< the head; views of the exchange point into it
  std::string pending_;  ///< what arrived behind the head
  std::string out_;
  std::string_view unsent_;  ///< of out_
  std::size_t scanned_ = 0;
  std::size_t body_read_ = 0;
  Stage stage_ = Stage::head;
  Then then_ = Then::close;
  AccessEntry entry_;        ///< of the answer that is being sent
  std::string pattern_;      ///< the entry's
  Clock::time_point since_;  ///< when the stage began; for a head: the silence before it
  Clock::time_point began_{};
  Clock::time_point deadline_{};  ///< of the request
  int served_ = 0;
  bool is_answering_ = false;  ///< the entry has not been written
  bool keep_alive_ = true;
};

}  // namespace crm::app
