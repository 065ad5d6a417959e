#include "reference_host/settings/options.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string_view>

#include "reference_host/network/client_address.hpp"
#include "reference_host/settings/usage.hpp"

namespace crm::app {

namespace {

crm::sdk::Unexpected<sdk::Failure> wrong(std::string_view name, std::string_view why) {
  const std::string argument = "--" + std::string(name);
  return sdk::fail({sdk::FailureKind::invalid, argument + ": " + std::string(why), {}, {}, argument});
}

std::optional<int> whole_number(std::string_view text, int lowest, int highest) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < lowest || value > highest)
    return std::nullopt;
  return value;
}

/// "2025-03-09T05:00:00Z", with or without a fraction of up to six digits.
std::optional<sdk::Micros> instant(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || text.back() != 'Z') return std::nullopt;
  std::string sql(text.substr(0, text.size() - 1));
  sql[10] = ' ';
  if (sql.size() > 19 && (sql[19] != '.' || sql.size() < 21 || sql.size() > 26)) return std::nullopt;
  if (sql[4] != '-' || sql[7] != '-' || sql[13] != ':' || sql[16] != ':') return std::nullopt;
  for (const auto& [at, highest] : {std::pair<std::size_t, int>{11, 23}, {14, 59}, {17, 59}})
    if (!whole_number(std::string_view(sql).substr(at, 2), 0, highest)) return std::nullopt;
  try {
    return sdk::detail::parse_instant(sql + "+00");
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

bool has_control_or_space(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f) return true;
  return false;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// A demo has a folder of its own, so that trying the CRM out leaves nothing where the real one will be.
std::string default_data_dir(bool demo) {
  const std::string name = demo ? "/crm-host-demo" : "/crm-host";
  if (geteuid() == 0) return "/var/lib" + name;
  if (const std::string base = environment("XDG_DATA_HOME"); !base.empty()) return base + name;
  if (const std::string home = environment("HOME"); !home.empty()) return home + "/.local/share" + name;
  return "/var/lib" + name;
}

/// Whether only this machine can mean `url`: its name is localhost, or its address a loopback one.
bool is_loopback(std::string_view url) {
  std::string_view rest = url.substr(url.find("://") + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (rest.find('@') != std::string_view::npos) return false;
  if (rest.starts_with('[')) return rest.substr(0, rest.find(']') + 1) == "[::1]";
  std::string host(rest.substr(0, rest.find(':')));
  for (char& c : host)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  if (const auto address = normal_address(host)) return address->starts_with("127.");
  return host == "localhost" || host.ends_with(".localhost");
}

/// Whether a database URL carries a password: behind the user's name, or as a parameter.
bool has_password(const std::string& url) {
  const std::string_view rest = std::string_view(url).substr(url.find("://") + 3);
  const std::size_t at = rest.find_first_of("@/");
  if (at != std::string_view::npos && rest[at] == '@' && rest.substr(0, at).find(':') != std::string_view::npos)
    return true;
  const std::size_t query = rest.find('?');
  return query != std::string_view::npos && rest.find("password", query) != std::string_view::npos;
}

struct Switch {
  std::string_view name;
  bool Options::*flag;
};
constexpr std::array k_switches = {
    Switch{"demo", &Options::demo},
    Switch{"development", &Options::development},
};

using Setter = std::function<sdk::Done(Options&, std::string_view)>;
struct Valued {
  std::string_view name;
  Setter set;
};

Setter number(std::string_view name, int Options::*target, int lowest, int highest) {
  return [=](Options& options, std::string_view text) -> sdk::Done {
    const auto value = whole_number(text, lowest, highest);
    if (!value)
      return wrong(name, "must be a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest));
    options.*target = *value;
    return {};
  };
}

Setter text(std::string_view name, std::string Options::*target) {
  return [=](Options& options, std::string_view value) -> sdk::Done {
    if (value.empty()) return wrong(name, "must not be empty");
    options.*target = value;
    return {};
  };
}

Setter url(std::string_view name, std::string Options::*target, std::vector<std::string> schemes) {
  return [=](Options& options, std::string_view value) -> sdk::Done {
    for (const std::string& scheme : schemes) {
      if (!value.starts_with(scheme) || value.size() == scheme.size() || has_control_or_space(value)) continue;
      while (value.ends_with('/')) value.remove_suffix(1);
      options.*target = value;
      return {};
    }
    return wrong(name, "must begin with " + schemes.front());
  };
}

const std::vector<Valued>& valued() {
  static const std::vector<Valued> table = {
      {"port", number("port", &Options::port, 0, 65535)},
      {"bind", text("bind", &Options::bind_address)},
      {"database-url", url("database-url", &Options::database_url, {"postgresql://", "postgres://"})},
      {"database-wait", number("database-wait", &Options::database_wait_seconds, 0, 3600)},
      {"data-dir", text("data-dir", &Options::data_dir)},
      {"plugin-dir", text("plugin-dir", &Options::plugin_dir)},
      {"public-url", url("public-url", &Options::public_url, {"http://", "https://"})},
      {"smtp-url", url("smtp-url", &Options::smtp_url, {"smtp://", "smtps://"})},
      {"secret-file", text("secret-file", &Options::secret_file)},
      {"workers", number("workers", &Options::workers, 1, 4096)},
      {"trusted-proxy",
       [](Options& options, std::string_view value) -> sdk::Done {
         auto address = normal_address(value);
         if (!address) return wrong("trusted-proxy", "must be a numeric address");
         options.trusted_proxies.push_back(std::move(*address));
         return {};
       }},
      {"fixed-now",
       [](Options& options, std::string_view value) -> sdk::Done {
         options.fixed_now = instant(value);
         if (!options.fixed_now) return wrong("fixed-now", "must look like 2025-03-09T05:00:00Z");
         return {};
       }},
  };
  return table;
}

sdk::Outcome<Options> with_defaults(Options options, bool rate_limits_asked) {
  if (options.fixed_now && !options.development) return wrong("fixed-now", "works with --development only");
  options.rate_limits = !options.development || rate_limits_asked;
  if (options.database_url.empty()) options.database_url = environment("CRM_DATABASE_URL");
  if (options.data_dir.empty()) options.data_dir = default_data_dir(options.demo);
  std::error_code error;
  options.data_dir = std::filesystem::absolute(options.data_dir, error).lexically_normal().string();
  if (error) return wrong("data-dir", error.message());
  if (options.data_dir.size() > 1 && options.data_dir.ends_with('/')) options.data_dir.pop_back();
  if (options.secret_file.empty()) options.secret_file = options.data_dir + "/secret.key";
  if (options.public_url.empty() && options.port != 0) options.public_url = local_url(options);
  if (options.demo && !options.public_url.empty() && !is_loopback(options.public_url))
    return wrong("demo",
                 "everybody knows the passwords of a demo, so its --public-url must be of this machine, such as "
                 "http://127.0.0.1:8080; leave --demo away for a real CRM");
  return options;
}

}  // namespace

std::string local_url(const Options& options) {
  const std::string& address = options.bind_address;
  const bool is_everywhere = address == "0.0.0.0" || address == "::";
  const std::string host = is_everywhere                            ? "127.0.0.1"
                           : address.find(':') != std::string::npos ? "[" + address + "]"
                                                                    : address;
  return "http://" + host + ":" + std::to_string(options.port);
}

sdk::Outcome<Options> parse_options(const std::vector<std::string>& arguments) {
  Options options;
  bool rate_limits_asked = false;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    std::string_view argument = arguments[at];
    if (argument == "--help" || argument == "-h") return sdk::fail(sdk::FailureKind::not_found, k_usage);
    if (argument == "--version") return sdk::fail(sdk::FailureKind::not_found, "crm-host " CRM_HOST_VERSION "\n");
    const auto unknown = [&] {
      const std::string name(argument.substr(0, argument.find('=')));
      return sdk::fail({sdk::FailureKind::invalid, name + ": unknown argument (see --help)", {}, {}, name});
    };
    if (!argument.starts_with("--")) return unknown();
    std::string_view name = argument.substr(2);
    std::optional<std::string_view> value;
    if (const auto equals = name.find('='); equals != std::string_view::npos) {
      value = name.substr(equals + 1);
      name = name.substr(0, equals);
    }
    bool known = false;
    for (const Switch& flag : k_switches)
      if (flag.name == name && (known = true)) options.*flag.flag = true;
    if (name == "rate-limits" && (known = true)) rate_limits_asked = true;
    if (known && value) return wrong(name, "takes no value");
    if (known) continue;
    for (const Valued& option : valued()) {
      if (option.name != name) continue;
      known = true;
      if (!value && at + 1 >= arguments.size()) return wrong(name, "needs a value");
      if (auto set = option.set(options, value ? *value : std::string_view(arguments[++at])); !set)
        return sdk::fail(set.error());
    }
    if (!known) return unknown();
  }
  return with_defaults(std::move(options), rate_limits_asked);
}

bool hide_passwords(int count, char** arguments) {
  bool is_hidden = false;
  bool is_url = false;
  for (int at = 1; at < count; ++at) {
    const std::string_view argument = arguments[at];
    const bool has_value = argument.starts_with("--database-url=");
    if (is_url || has_value) {
      const std::size_t begin = argument.find("://");
      const bool has_user = argument.find('@') != std::string_view::npos;
      const bool has_more = argument.find('?') != std::string_view::npos;
      // Which of it is the password is libpq's business: everything goes.
      if (begin != std::string_view::npos && (has_user || has_more)) {
        is_hidden = is_hidden || has_password(std::string(argument.substr(has_value ? argument.find('=') + 1 : 0)));
        std::fill(arguments[at] + begin + 3, arguments[at] + argument.size(), '*');
      }
    }
    is_url = argument == "--database-url";
  }
  return is_hidden;
}

}  // namespace crm::app
