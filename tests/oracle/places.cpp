#include "tests/oracle/places.hpp"

#include <sstream>

#include "tests/unit/core/offers.hpp"

namespace scheduling::testing {
namespace {

/// The dates on the wall of the day that a clock jumps, and some without a jump.
struct KnownPlace {
  const char* zone;
  const char* dates;
};
constexpr KnownPlace k_known_places[] = {{"America/New_York", "2024-03-10 2024-11-03 2025-03-09 2025-11-02 2025-01-15"},
                                         {"Australia/Lord_Howe", "2024-04-07 2024-10-06 2025-04-06 2025-10-05"},
                                         {"Pacific/Chatham", "2024-04-07 2024-09-29 2025-04-06 2025-09-28"},
                                         {"Asia/Kathmandu", "2024-02-29 2025-01-15"},
                                         {"Pacific/Apia", "2011-12-29 2011-12-30 2011-12-31 2011-04-02 2011-09-24"},
                                         {"Africa/Cairo", "2024-04-26 2024-10-31 2025-04-25 2025-10-30"},
                                         {"Asia/Beirut", "2024-03-31 2024-10-26 2025-03-30 2025-10-25"},
                                         {"Africa/Casablanca", "2024-03-10 2024-04-14 2025-02-23 2025-04-06"},
                                         {"Asia/Gaza", "2024-04-20 2024-10-26 2025-04-12 2025-10-25"},
                                         {"America/Asuncion", "2024-03-23 2024-10-06 2024-10-15 2025-03-23"},
                                         {"Antarctica/Troll", "2024-03-31 2024-10-27 2025-03-30 2025-10-26"},
                                         {"Pacific/Kiritimati", "2025-01-15 2026-12-31"},
                                         {"Pacific/Pago_Pago", "2025-01-15 2026-12-31"},
                                         {"America/Havana", "2024-03-10 2024-11-03 2025-03-09 2025-11-02"},
                                         {"Europe/Berlin", "2024-03-31 2024-10-27 2025-03-30 2025-10-26"},
                                         {"Europe/London", "2024-03-31 2024-10-27 2025-03-30 2025-10-26"},
                                         {"America/Santiago", "2024-04-06 2024-09-08 2025-04-05 2025-09-07"},
                                         {"America/Nuuk", "2024-03-30 2024-10-26 2025-03-29 2025-10-25"},
                                         {"Asia/Tehran", "2021-03-22 2021-09-21 2022-03-22 2022-09-21 2025-01-15"},
                                         {"America/Sao_Paulo", "2018-02-17 2018-11-04 2019-02-16 2025-01-15"},
                                         {"Asia/Almaty", "2024-02-29 2024-03-01 2025-01-15"},
                                         {"America/Mexico_City", "2022-04-03 2022-10-30 2026-07-01"},
                                         {"America/St_Johns", "2010-11-06 2010-11-07 2025-11-02"},
                                         {"Antarctica/Casey", "2010-03-04 2010-03-05"},
                                         {"UTC", "2024-12-31 2025-01-15"}};

std::vector<Place> read_known_places() {
  std::vector<Place> places;
  for (const KnownPlace& known : k_known_places) {
    std::istringstream dates(known.dates);
    for (std::string date; dates >> date;) {
      places.push_back({known.zone, day(date).days().time_since_epoch().count()});
    }
  }
  return places;
}

constexpr oracle::Date k_first_date = 19723;  // 2024-01-01
constexpr int k_dates = 7 * 365 + 2;          // until 2030-12-31

}  // namespace

const std::vector<std::string>& usable_zones() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> found;
    for (const std::string& name : oracle::Zone::names()) {
      if (ZoneId::parse(name)) found.push_back(name);
    }
    return found;
  }();
  return names;
}

Place any_place(Dice& dice) {
  static const std::vector<Place> known_places = read_known_places();
  if (!dice.one_in(4)) return dice.any_of(known_places);
  Place place{dice.any_of(usable_zones()), k_first_date + dice.below(k_dates)};
  const auto changes = oracle::Zone::named(place.zone).changes(k_first_date * 86400, (k_first_date + k_dates) * 86400);
  if (!changes.empty() && dice.one_in(2)) place.date = dice.any_of(changes).at / 86400;
  return place;
}

}  // namespace scheduling::testing
