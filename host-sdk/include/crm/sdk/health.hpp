#pragma once
/// What a module says about its own state, for administrators: shown on the module's card and in
/// `GET /api/v1/modules`.
///
/// One function for each subject ("Time zones", "Calendars"); it says how things stand now, and an
/// empty list means there is nothing to say. Nobody is alarmed by it: log what must not be missed.
///
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace crm::sdk {

enum class HealthLevel : std::uint8_t {
  ok,     ///< as it should be, and worth knowing
  warn,   ///< works, and somebody should look at it
  error,  ///< does not work
};

constexpr std::string_view to_string(HealthLevel level) {
  return level == HealthLevel::ok ? "ok" : level == HealthLevel::warn ? "warn" : "error";
}

struct HealthNote {
  HealthLevel level = HealthLevel::ok;
  std::string text;   ///< one or two sentences: what is the case, and what to do. No secrets
  std::string url{};  ///< where to do it: a path of the CRM ("/…"); empty: nowhere yet
};

/// A CRM shows this many notes of one function, and this many bytes of each.
inline constexpr std::size_t k_health_notes_max = 20;
inline constexpr std::size_t k_health_text_max = 500;

/// Thread: any, one call at a time. Returns from memory, at once: no database, no network; the CRM waits
///         for it before it unloads the module.
/// Errors: nothing thrown crosses, see guard_health(); a function that throws all the same is shown as an error.
using HealthFunction = std::function<std::vector<HealthNote>()>;

struct HealthSource {
  std::string name;  ///< the subject, unique in the module: "Time zones"
  HealthFunction ask;
};

}  // namespace crm::sdk
