#pragma once
/// What goes wrong at a provider, in words that all providers share.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace scheduling {

enum class ProviderTrouble : std::uint8_t {
  consent_gone,    ///< invalid_grant: only the user can mend it
  token_refused,   ///< 401: the access token is not taken (any more)
  scope_missing,   ///< the user granted less than is needed
  rate_limited,    ///< perhaps with retry_after
  place_unknown,   ///< 410 while reading: everything has to be read again
  not_found,       ///< 404, or 410 of one event: the provider's clear word that it is gone
  already_exists,  ///< 409: an event of that id
  changed,         ///< 412: somebody changed the event since
  refused,         ///< anything else that trying again does not mend
  unavailable,     ///< 5xx, or not reached: nothing happened
  unknown,         ///< lost after sending: it may have happened
};
constexpr std::string_view name_of(ProviderTrouble trouble) {
  constexpr std::string_view names[] = {"consent_gone",  "token_refused", "scope_missing",  "rate_limited",
                                        "place_unknown", "not_found",     "already_exists", "changed",
                                        "refused",       "unavailable",   "unknown"};
  return names[static_cast<std::size_t>(trouble)];
}

struct ProviderError {
  ProviderTrouble trouble = ProviderTrouble::unavailable;
  std::string detail{};  ///< for logs: no secrets
  std::optional<std::chrono::seconds> retry_after{};
};

/// A value or a trouble.
template <class T>
class Told {
 public:
  Told(T value) : value_(std::move(value)) {}
  Told(ProviderError error) : error_(std::move(error)) {}
  explicit operator bool() const { return value_.has_value(); }
  T& operator*() { return *value_; }
  T* operator->() { return &*value_; }
  const ProviderError& error() const { return error_; }
  bool is(ProviderTrouble trouble) const { return !value_ && error_.trouble == trouble; }

 private:
  std::optional<T> value_;
  ProviderError error_;
};

}  // namespace scheduling
