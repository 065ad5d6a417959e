#pragma once
/// How the two sides of the border tell each other that something failed: as a value.
///
/// Nothing thrown crosses the border. Every virtual function of the SDK is `noexcept`; whoever
/// implements it turns its own exceptions into a Failure. Since: SDK 1.0
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

namespace crm::sdk {

/// Closed list: what a caller can decide upon.
enum class FailureKind : std::uint8_t {
  invalid,      ///< the caller's argument breaks a rule; `field` names it
  not_found,    ///< no such row, or not visible to the caller
  conflict,     ///< the database refused: unique, exclusion, foreign key; see `sqlstate`, `constraint`
  retry,        ///< 40001 or 40P01: the whole transaction may be tried again
  unavailable,  ///< connection lost, pool exhausted, server starting, peer unreachable
  vetoed,       ///< a before-hook refused; `field` and `message` are for the user
  broken,       ///< anything else: a bug or a damaged surrounding
};

struct Failure {
  FailureKind kind = FailureKind::broken;
  std::string message;     ///< for logs, except for `invalid` and `vetoed`: for the user
  std::string sqlstate;    ///< five characters when PostgreSQL spoke, else empty
  std::string constraint;  ///< name of the violated constraint, when PostgreSQL told it
  std::string field;       ///< for `invalid` and `vetoed`
};

/// A value, or why there is none; the interface is that of C++23's std::expected. For results whose refusal is not a
/// Failure, such as a ready Response; all others are Outcomes. Nobody else spells the library's name.
template <class T, class E>
using Expected = tl::expected<T, E>;
template <class E>
using Unexpected = tl::unexpected<E>;
inline constexpr tl::unexpect_t unexpect{};
template <class E>
Unexpected<std::decay_t<E>> unexpected(E&& error) {
  return Unexpected<std::decay_t<E>>(std::forward<E>(error));
}

/// Value or Failure.
template <class T>
using Outcome = Expected<T, Failure>;
using Done = Expected<void, Failure>;

inline Unexpected<Failure> fail(FailureKind kind, std::string message) {
  return Unexpected<Failure>(Failure{kind, std::move(message), {}, {}, {}});
}
inline Unexpected<Failure> fail(Failure failure) {
  return Unexpected<Failure>(std::move(failure));
}

}  // namespace crm::sdk
