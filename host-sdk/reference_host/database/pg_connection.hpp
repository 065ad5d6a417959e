#pragma once
/// One pooled connection: a Poco Data session whose libpq handle is kept in pipeline mode.
///
/// A connection object lives as long as its pool. When the server goes away it is not thrown out but
/// reset, because Poco 1.11 leaks some 17 KB with each dead session it destroys.
/// Thread: one at a time.
#include <libpq-fe.h>

#include <Poco/Data/Session.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "crm/sdk/outcome.hpp"
#include "reference_host/database/connection_url.hpp"
#include "reference_host/database/param_buffer.hpp"
#include "reference_host/database/pg_database.hpp"

namespace crm::app {

/// How the connections of one pool are made.
struct ConnectionPlan {
  ConnectionKeywords keywords;
  PoolLimits limits;
};

/// A libpq connection of our own (no Poco), for probes, LISTEN and migrations.
struct ConnectionCloser {
  void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
};
using OwnConnection = std::unique_ptr<PGconn, ConnectionCloser>;
sdk::Outcome<OwnConnection> connect_own(const ConnectionPlan& plan);
/// Session settings that every connection has.
sdk::Done apply_settings(PGconn* connection, const PoolLimits& limits, bool pooled);
/// Runs plain SQL on a connection outside of pipeline mode, whose rows nobody wants. Empty: done in time.
std::optional<sdk::Failure> command_within(PGconn* connection, const std::string& sql,
                                           std::chrono::steady_clock::time_point until);
/// A server that takes no writes is not the one we look for, whatever it answers. Empty: it takes them.
std::optional<sdk::Failure> refusal_of_standby(const PGconn* connection);
std::string place_of(const PGconn* connection);  ///< "host:port"

class PgConnection {
 public:
  explicit PgConnection(const ConnectionPlan& plan) : plan_(plan) {}

  /// Connects, or connects again after the server went away. `generation`: of the server that is connected to.
  sdk::Done connect(std::uint64_t generation);
  std::uint64_t generation() const { return generation_; }
  void is_of(std::uint64_t generation) { generation_ = generation; }
  /// Since it was last asked: did a COMMIT succeed that no standby has confirmed?
  bool take_unconfirmed() { return std::exchange(is_unconfirmed_, false); }
  bool is_alive() const { return handle_ && !lost_ && PQstatus(handle_) == CONNECTION_OK; }
  /// Cheap (one poll): an idle connection on which anything arrived has been closed by the server.
  bool is_alive_idle() const;
  void mark_lost() { lost_ = true; }
  bool was_connected() const { return handle_ != nullptr; }
  PGconn* handle() { return handle_; }

  /// A statement as this connection knows it. Entries are never erased while a session is open.
  struct Prepared {
    enum class State : std::uint8_t { absent, sent, ready };
    State state = State::absent;
    std::string sql;
    std::string server_name;
  };
  /// The entry to use for `name`; `absent` when its text is new or changed (a module was replaced).
  std::pair<const std::string, Prepared>& prepared(std::string_view name, std::string_view sql);
  /// Forgets every prepared statement when `epoch` is newer than the one they were made in.
  sdk::Done follow_schema(std::uint64_t epoch);

  ParamBuffer params;

 private:
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const noexcept { return std::hash<std::string_view>{}(name); }
  };

  sdk::Done open_poco_session();
  static void notice(void* self, const PGresult* result);

  const ConnectionPlan& plan_;
  std::unique_ptr<Poco::Data::Session> session_;
  PGconn* handle_ = nullptr;  ///< session_'s
  bool lost_ = false;
  bool is_unconfirmed_ = false;
  std::uint64_t generation_ = 0;
  std::uint64_t epoch_ = 0;
  std::uint32_t names_given_ = 0;
  std::unordered_map<std::string, Prepared, NameHash, std::equal_to<>> prepared_;
};

}  // namespace crm::app
