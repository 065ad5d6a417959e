#pragma once
/// How the two sides of the border tell each other that something failed: as a value.
///
/// Nothing thrown crosses the border. Every virtual function of the SDK is `noexcept`; whoever
/// implements it turns its own exceptions into a Failure. Since: SDK 1.0
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
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

/// Value or Failure. `tl::expected` has the interface of C++23's std::expected.
template <class T>
using Outcome = tl::expected<T, Failure>;
using Done = tl::expected<void, Failure>;

inline tl::unexpected<Failure> fail(FailureKind kind, std::string message) {
  return tl::unexpected<Failure>(Failure{kind, std::move(message), {}, {}, {}});
}
inline tl::unexpected<Failure> fail(Failure failure) {
  return tl::unexpected<Failure>(std::move(failure));
}

}  // namespace crm::sdk
