#pragma once
/// Slows down whoever guesses passwords: so many tries of one account in a row, then one at a time.
///
/// The count stands in the database, so it is one count for all addresses and all instances. Time is the CRM's clock.
/// Thread: any.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/services.hpp"

namespace crm::app {

constexpr int k_guesses_in_a_row = 10;
constexpr auto k_guess_step = std::chrono::minutes(2);  ///< one more try each, up to k_guesses_in_a_row

class GuessLimit {
 public:
  /// `is_on`: false lets everybody pass, as the rate limits do.
  GuessLimit(sdk::Clock& clock, bool is_on) : clock_(clock), is_on_(is_on) {}

  /// Counts a try before it is made, so that many at once cannot pass together. Empty: go ahead; else how long to
  /// wait, and nothing was counted.
  sdk::Outcome<std::optional<std::chrono::seconds>> count(sdk::Session& session, const std::string& key);
  /// Takes one try back: it was no guess.
  sdk::Done forgive(sdk::Session& session, const std::string& key);

  /// What is counted: tries on one address, from wherever; nobody learns whether somebody has it.
  static std::string address_key(std::string_view email);
  /// Tries of a device that logged in before: its owner is not held up by what others guess.
  static std::string device_key(std::string_view device, std::string_view email);
  /// Tries to change the password of somebody who is signed in.
  static std::string change_key(sdk::UserId user);

 private:
  sdk::Clock& clock_;
  bool is_on_;
};

/// Forgets keys that hold nothing any more; gives their number.
sdk::Outcome<std::int64_t> purge_guesses(sdk::Session& session, sdk::Micros now);

}  // namespace crm::app
