#pragma once
/// One random schedule, written down twice: for the oracle and for the plugin.
#include <random>
#include <string>

#include "tests/oracle/oracle.hpp"
#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {

struct RandomCase {
  std::string zone;
  oracle::Question question;
  OfferDraft offer;
  oracle::Minute from = 0;
  oracle::Minute until = 0;
};

RandomCase make_case(std::mt19937& random);

inline Instant instant_of(oracle::Minute minute) {
  return Instant{std::chrono::minutes{minute}};
}

}  // namespace scheduling::testing
