#pragma once
/// Which random cases a test plays: those of the ordinary run, or what the environment asks for.
/// tests/oracle/long_run.sh plays them by the million.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/oracle/random_case.hpp"

namespace scheduling::testing {

// What a sanitizer could find it finds in fewer cases, each of which takes it ten times as long.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr unsigned k_cases = 2'000;
#else
inline constexpr unsigned k_cases = 10'000;
#endif

inline unsigned from_environment(const char* name, unsigned otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? static_cast<unsigned>(std::stoul(text)) : otherwise;
}

/// Plays one in `share` of all cases. `check` returns what is wrong, or an empty text. Goes on after a
/// failure, so that a long run names every seed that fails, but not for ever.
template <class Check>
void play_cases(unsigned share, Check check) {
  const unsigned first = from_environment("ORACLE_FIRST_SEED", 20'250'309);
  const unsigned cases = (from_environment("ORACLE_CASES", k_cases) + share - 1) / share;
  const auto begin = std::chrono::steady_clock::now();
  unsigned failed = 0;
  for (unsigned seed = first; seed < first + cases && failed < 20; ++seed) {
    const RandomCase c = make_case(seed);
    const std::string wrong = check(c);
    if (wrong.empty()) continue;
    ++failed;
    ADD_FAILURE() << c << wrong;
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  std::cout << "seeds " << first << " to " << first + cases - 1 << ": " << cases << " cases, " << failed << " failed, "
            << elapsed.count() << " s\n";
}

/// True when enough cases are played to ask whether they were varied enough.
inline bool plays_many() {
  return from_environment("ORACLE_CASES", k_cases) >= 10'000;
}

inline std::vector<oracle::Minute> listed_minutes(const SlotContext& context, TimeRange window) {
  std::vector<oracle::Minute> minutes;
  for (const TimeRange& slot : find_slots(context, window)) minutes.push_back(minute_of(slot.start()));
  return minutes;
}

}  // namespace scheduling::testing
