#pragma once
/// What the CRM offers to its modules. Everything lives from Module::load() until Module::stop()
/// returned. Thread: any, unless said otherwise. Since: SDK 1.0
#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crm/sdk/database.hpp"
#include "crm/sdk/jobs.hpp"
#include "crm/sdk/mailer.hpp"
#include "crm/sdk/outcome.hpp"
#include "crm/sdk/records.hpp"
#include "crm/sdk/users.hpp"

namespace crm::sdk {

/// The only source of "now" for rules and stored times. May be frozen or moved in development.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Micros now() const noexcept = 0;
};

enum class LogLevel : std::uint8_t { debug, info, warning, error };

/// Structured log. Never pass secrets, tokens or whole requests.
class Log {
 public:
  virtual ~Log() = default;
  using Pair = std::pair<std::string_view, std::string_view>;
  virtual void write(LogLevel level, std::string_view event, std::initializer_list<Pair> fields) noexcept = 0;
  void info(std::string_view event, std::initializer_list<Pair> fields = {}) noexcept {
    write(LogLevel::info, event, fields);
  }
  void warning(std::string_view event, std::initializer_list<Pair> fields = {}) noexcept {
    write(LogLevel::warning, event, fields);
  }
  void error(std::string_view event, std::initializer_list<Pair> fields = {}) noexcept {
    write(LogLevel::error, event, fields);
  }
};

/// The module's settings as the manifest's schema describes them, defaults filled in.
class Settings {
 public:
  virtual ~Settings() = default;
  /// A JSON object; secret values included, so never log it. Current on every call.
  virtual std::string json() const noexcept = 0;
  /// A JSON object with only what an administrator chose, without defaults and without secrets: for a module whose
  /// default depends on how the CRM was started (Site::has_default_limits).
  virtual std::string chosen_json() const noexcept { return json(); }
};

/// Secrets sealed under the CRM's key file, which all instances of one database share.
class Secrets {
 public:
  virtual ~Secrets() = default;
  /// AES-256-GCM under a key of this module; `bound_to` must be given again to open, so a sealed value
  /// moved to another row does not open. The result is raw bytes, for a bytea column; it says which key
  /// sealed it, so it opens for as long as that key stands in the key file.
  virtual Outcome<std::string> seal(std::string_view plain, std::string_view bound_to) noexcept = 0;
  virtual Outcome<std::string> open(std::string_view sealed, std::string_view bound_to) noexcept = 0;
  /// False when the key was replaced since: open the value and seal it again, before the old key is removed.
  virtual bool is_current(std::string_view sealed) const noexcept = 0;
  /// `count` bytes from the system's random source.
  virtual Outcome<std::string> random_bytes(std::size_t count) noexcept = 0;
};

/// How the CRM is reached from outside.
class Site {
 public:
  virtual ~Site() = default;
  /// Without trailing slash, for example "https://crm.example.com".
  virtual std::string public_url() const noexcept = 0;
  /// The CRM was started as a demonstration: a module may create examples when it starts.
  virtual bool is_demonstration() const noexcept { return false; }
  /// Limits against abuse hold although nobody set them. False in development, where tests send whatever they like;
  /// what an administrator set holds all the same.
  virtual bool has_default_limits() const noexcept { return true; }
  /// Where a signed-in user sees that record, with public_url(); empty: the CRM has no such page.
  virtual std::string record_url(std::string_view /*module*/, RecordId) const noexcept { return {}; }
};

/// The CRM, seen from a module.
struct Services {
  Database& database;
  Clock& clock;
  Log& log;
  Users& users;
  RecordBook& records;
  Mailer& mailer;
  Settings& settings;
  Secrets& secrets;
  Site& site;
  Jobs& jobs;
};

}  // namespace crm::sdk
