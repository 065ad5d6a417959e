#pragma once
/// The few ways in which a random case chooses.
#include <algorithm>
#include <initializer_list>
#include <random>

#include "tests/oracle/oracle.hpp"

namespace scheduling::testing {

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  bool one_in(int count) { return below(count) == 0; }
  int one_of(std::initializer_list<int> values) { return values.begin()[below(static_cast<int>(values.size()))]; }
  template <class List>
  const auto& any_of(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))];
  }
  /// A stretch of a day, on the quarter hours as most people's hours are, or on any five minutes; now and then
  /// one that begins in the small hours, where clocks jump.
  oracle::Span span() {
    const int step = one_in(4) ? 5 : 15;
    const int start = below((one_in(4) ? 240 : 1380) / step) * step;
    return {start, std::min(1440, start + step + below(600 / step) * step)};
  }

 private:
  std::mt19937 random_;
};

}  // namespace scheduling::testing
