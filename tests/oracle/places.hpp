#pragma once
/// Where and when a random case plays.
#include <string>
#include <vector>

#include "tests/oracle/dice.hpp"

namespace scheduling::testing {

struct Place {
  std::string zone;
  oracle::Date date;  ///< on or near which something happens to the zone's clock, or does not
};

/// Mostly a zone and a day known for breaking schedulers, otherwise any zone on any day of 2024 to 2030.
Place any_place(Dice& dice);

/// The names that a schedule may use: those of the database that name a place.
const std::vector<std::string>& usable_zones();

}  // namespace scheduling::testing
