#pragma once
/// Database sessions and transactions that the CRM and its modules share.
///
/// The CRM owns the connections (PostgreSQL 15); a module borrows one, and everything both write in
/// it commits together. Statements are prepared once per connection under their name and sent over a
/// pipeline: post() queues, collect() fetches, run() does both.
///
/// Time:   sessions run in UTC; instants travel as whole microseconds.
/// Thread: a Database may be used from any thread; a Session from one thread at a time.
/// Errors: as values. `retry` and `unavailable` mean the transaction is gone.
/// Since:  SDK 1.0
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "crm/sdk/detail/column_text.hpp"
#include "crm/sdk/ids.hpp"
#include "crm/sdk/outcome.hpp"

namespace crm::sdk {

/// One SQL statement. Both views must outlive the session (use constants): `name` keys the prepared
/// statement of each connection, so two different texts never share a name.
struct Statement {
  std::string_view name;
  std::string_view sql;  ///< placeholders $1, $2, …
};

/// A bound value. Views are read before post() or run() returns; nothing is kept.
class Param {
 public:
  enum class Kind : std::uint8_t { null, boolean, integer, number, text, bytes, instant };

  Param(std::nullptr_t) {}
  Param(std::nullopt_t) {}
  Param(bool v) : kind_(Kind::boolean), integer_(v) {}
  Param(int v) : kind_(Kind::integer), integer_(v) {}
  Param(std::int64_t v) : kind_(Kind::integer), integer_(v) {}
  Param(double v) : kind_(Kind::number), number_(v) {}
  Param(std::string_view v) : kind_(Kind::text), text_(v) {}
  Param(const std::string& v) : kind_(Kind::text), text_(v) {}
  Param(const char* v) : kind_(Kind::text), text_(v) {}
  Param(Micros v) : kind_(Kind::instant), integer_(v.time_since_epoch().count()) {}
  Param(std::chrono::sys_seconds v) : Param(Micros{v}) {}
  template <class Tag>
  Param(Id<Tag> v) : kind_(v ? Kind::integer : Kind::null), integer_(v.value) {}
  template <class T>
  Param(const std::optional<T>& v) : Param(v ? Param(*v) : Param(nullptr)) {}
  /// Raw bytes for a `bytea` parameter; may hold zero bytes.
  static Param bytes(std::string_view v) {
    Param p(v);
    p.kind_ = Kind::bytes;
    return p;
  }

  Kind kind() const { return kind_; }
  std::int64_t integer() const { return integer_; }  ///< boolean, integer, instant (µs since 1970)
  double number() const { return number_; }
  std::string_view text() const { return text_; }

 private:
  Kind kind_ = Kind::null;
  std::int64_t integer_ = 0;
  double number_ = 0;
  std::string_view text_;
};

/// The rows of one answer, in PostgreSQL's text form. Immutable; may outlive its session.
class Rows {
 public:
  virtual ~Rows() = default;
  virtual std::size_t size() const noexcept = 0;
  virtual std::size_t columns() const noexcept = 0;
  virtual std::size_t affected() const noexcept = 0;  ///< rows changed by INSERT, UPDATE, DELETE
  virtual bool is_null(std::size_t row, std::size_t column) const noexcept = 0;
  /// Valid as long as this object. NULL reads as an empty view: ask is_null() first.
  virtual std::string_view text(std::size_t row, std::size_t column) const noexcept = 0;
};
using RowsPtr = std::unique_ptr<const Rows>;

/// Reads one row's columns left to right, in the order of the SELECT list.
/// A wrong type is a bug in the statement's mapper, so it throws std::runtime_error on the reader's side.
class RowReader {
 public:
  RowReader(const Rows& rows, std::size_t row) : rows_(rows), row_(row) {}
  template <class T>
  T next();
  template <class T>
  std::optional<T> next_or_null() {
    if (rows_.is_null(row_, column_)) {
      ++column_;
      return std::nullopt;
    }
    return next<T>();
  }
  /// The raw bytes of a `bytea` column.
  std::string next_bytes();
  void skip() { ++column_; }

 private:
  const Rows& rows_;
  std::size_t row_;
  std::size_t column_ = 0;
};

/// Names a posted statement until it is collected.
struct Ticket {
  std::uint32_t number = 0;
};

/// One borrowed connection. Goes back to the pool on destruction; an open transaction rolls back.
class Session {
 public:
  virtual ~Session() = default;
  /// Queues without waiting. Its failure surfaces at collect(), or at the next run()/commit() when
  /// nobody collected it; statements queued behind a failed one are not executed.
  virtual Ticket post(const Statement& statement, std::span<const Param> params) noexcept = 0;
  /// Sends what is queued, waits, and gives the rows of one ticket. Each ticket once.
  virtual Outcome<RowsPtr> collect(Ticket ticket) noexcept = 0;

  virtual Done begin() noexcept = 0;     ///< READ COMMITTED; queued, so it costs no round trip
  virtual Done commit() noexcept = 0;    ///< a COMMIT that PostgreSQL turned into ROLLBACK is a failure
  virtual void rollback() noexcept = 0;  ///< always succeeds from the caller's view
  virtual bool in_transaction() const noexcept = 0;
  /// Names: lower-case ASCII letters, digits, '_', at most 40. Queued, like begin().
  virtual Done savepoint(std::string_view name) noexcept = 0;
  /// Waits, so that whatever failed since the savepoint surfaces here and not at commit().
  virtual Done release(std::string_view name) noexcept = 0;
  virtual Done rollback_to(std::string_view name) noexcept = 0;
  /// From now on no answer is waited for longer than this: the connection is given up then, and what was asked is
  /// `unavailable`. For what every healthy server answers at once, while others wait for it.
  virtual void limit_waits(std::chrono::milliseconds limit) noexcept { static_cast<void>(limit); }

  Ticket post(const Statement& statement, std::initializer_list<Param> params) noexcept {
    return post(statement, std::span<const Param>(params.begin(), params.size()));
  }
  Outcome<RowsPtr> run(const Statement& statement, std::initializer_list<Param> params = {}) noexcept {
    return collect(post(statement, params));
  }
  Outcome<RowsPtr> run(const Statement& statement, std::span<const Param> params) noexcept {
    return collect(post(statement, params));
  }
};

class Database {
 public:
  virtual ~Database() = default;
  /// Waits at most `wait` for a free connection; `unavailable` after that.
  virtual Outcome<std::unique_ptr<Session>> acquire(std::chrono::milliseconds wait) noexcept = 0;
  Outcome<std::unique_ptr<Session>> acquire() noexcept { return acquire(std::chrono::seconds(5)); }
};

namespace detail {
/// Lets the winner of a deadlock pass: who comes back at once may take the same lock again.
inline void pause_before_retry(int attempt) {
  const auto jitter = std::chrono::steady_clock::now().time_since_epoch().count() / 1000 % 10;
  std::this_thread::sleep_for(std::chrono::milliseconds((5 << attempt) + jitter));
}
}  // namespace detail

/// Runs `work(Session&)` in one transaction and commits when it succeeded; `work` returns some
/// crm::sdk::Expected<T, E>. Tries again, at most `tries` times, when PostgreSQL reports a serialisation
/// failure or deadlock, so `work` must have no effect outside the database.
///
/// `to_error` turns a Failure into E; `is_retry` tells whether an E came from a `retry` Failure.
template <class Work, class ToError, class IsRetry>
auto in_transaction(Database& database, Work&& work, ToError&& to_error, IsRetry&& is_retry, int tries = 4)
    -> decltype(work(std::declval<Session&>())) {
  using Answer = decltype(work(std::declval<Session&>()));
  for (int attempt = 1;; ++attempt) {
    if (attempt > 1) detail::pause_before_retry(attempt);
    auto session = database.acquire();
    if (!session) return Answer(crm::sdk::unexpect, to_error(session.error()));
    if (auto begun = (*session)->begin(); !begun) return Answer(crm::sdk::unexpect, to_error(begun.error()));
    Answer answer = work(**session);
    if (answer) {
      auto committed = (*session)->commit();
      if (committed) return answer;
      if (committed.error().kind == FailureKind::retry && attempt < tries) continue;
      return Answer(crm::sdk::unexpect, to_error(committed.error()));
    }
    (*session)->rollback();
    if (!is_retry(answer.error()) || attempt >= tries) return answer;
  }
}

/// The same for work that speaks Failure itself.
template <class Work>
auto in_transaction(Database& database, Work&& work) {
  return in_transaction(
      database, std::forward<Work>(work), [](const Failure& f) { return f; },
      [](const Failure& f) { return f.kind == FailureKind::retry; });
}

template <class T>
T RowReader::next() {
  const std::string_view text = rows_.text(row_, column_);
  if (rows_.is_null(row_, column_)) detail::throw_bad_column("a value", "NULL");
  ++column_;
  if constexpr (std::is_same_v<T, std::string>) {
    return std::string(text);
  } else if constexpr (std::is_same_v<T, std::string_view>) {
    return text;
  } else if constexpr (std::is_same_v<T, bool>) {
    return text == "t";
  } else if constexpr (std::is_same_v<T, double>) {
    return detail::parse_number(text);
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(detail::parse_integer(text));
  } else if constexpr (std::is_same_v<T, Micros>) {
    return detail::parse_instant(text);
  } else if constexpr (std::is_same_v<T, std::chrono::sys_seconds>) {
    return std::chrono::floor<std::chrono::seconds>(detail::parse_instant(text));
  } else {
    return T{detail::parse_integer(text)};  // Id<Tag>
  }
}

inline std::string RowReader::next_bytes() {
  return detail::parse_bytes(next<std::string_view>());
}

}  // namespace crm::sdk

#include "crm/sdk/detail/row_values.hpp"
