#pragma once
/// The command line of crm-host, and what may come from the environment instead.
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "crm/sdk/database.hpp"
#include "crm/sdk/outcome.hpp"

namespace crm::app {

struct Options {
  int port = 8080;
  std::string bind_address = "127.0.0.1";
  std::string database_url;       ///< empty: a private cluster below data_dir
  int database_wait_seconds = 0;  ///< how long to wait at the start for a database where nothing answers
  /// default: $XDG_DATA_HOME/crm-host, ~/.local/share/crm-host or /var/lib/crm-host; with --demo crm-host-demo there
  std::string data_dir;
  std::string plugin_dir;   ///< holds one folder per module
  std::string public_url;   ///< default local_url(); no trailing slash
  std::string smtp_url;     ///< smtp://host[:port] or smtps://…; the rest in CRM_SMTP_…, see smtp_settings.hpp
  std::string secret_file;  ///< default data_dir/secret.key
  int workers = 256;        ///< HTTP threads
  std::vector<std::string> trusted_proxies;  ///< addresses whose X-Forwarded-For names the client
  bool demo = false;
  bool development = false;
  bool rate_limits = true;               ///< off with --development unless --rate-limits
  std::optional<sdk::Micros> fixed_now;  ///< only with --development
};

/// How this machine reaches the instance: the default of public_url.
std::string local_url(const Options& options);

/// Overwrites what may hold a password in the program's own arguments, which everybody on the machine can read
/// (`ps`, /proc). Call it after parse_options(). True when something was there to hide.
bool hide_passwords(int count, char** arguments);

/// `invalid` names the argument. `--help` and `--version` come back as `not_found` with the text to print.
sdk::Outcome<Options> parse_options(const std::vector<std::string>& arguments);

}  // namespace crm::app
