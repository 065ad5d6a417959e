#pragma once
/// One random schedule, written down twice: for the oracle and for the plugin.
#include <iosfwd>
#include <string>

#include "tests/oracle/oracle.hpp"
#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {

struct RandomCase {
  unsigned seed = 0;
  std::string zone;
  oracle::Question question;
  SlotContextDraft context;
  oracle::Minute from = 0;
  oracle::Minute until = 0;

  TimeRange window() const;
};

/// The same seed and the same zone data make the same case.
RandomCase make_case(unsigned seed);

/// What it is, and the command that plays it again.
std::ostream& operator<<(std::ostream& out, const RandomCase& c);

inline Instant instant_of(oracle::Minute minute) {
  return Instant{std::chrono::minutes{minute}};
}
inline Instant instant_of_second(oracle::Second second) {
  return Instant{std::chrono::seconds{second}};
}
inline oracle::Minute minute_of(Instant instant) {
  return std::chrono::floor<std::chrono::minutes>(instant.time_since_epoch()).count();
}

}  // namespace scheduling::testing
