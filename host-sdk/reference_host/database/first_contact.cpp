#include "reference_host/database/first_contact.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "reference_host/database/connection_url.hpp"
#include "reference_host/database/pg_connection.hpp"

namespace crm::app {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto k_starting_max = 60s;
constexpr auto k_connect_max = 5s;
constexpr auto k_between = 500ms;
constexpr int k_step_milliseconds = 50;
constexpr std::string_view k_final[] = {"authentication failed", "does not exist", "no pg_hba.conf entry"};
/// The last one: a proxy that has no leader to lead to.
constexpr std::string_view k_without_leader[] = {"is a standby", "takes no writes", "hot standby", "read-only",
                                                 "server closed the connection"};

struct Keywords {
  explicit Keywords(const ConnectionKeywords& given) {
    for (const auto& [keyword, value] : given) {
      names.push_back(keyword.c_str());
      values.push_back(value.c_str());
    }
    for (auto* list : {&names, &values}) list->push_back(nullptr);
  }
  std::vector<const char*> names, values;
};

std::string value_of(const ConnectionKeywords& keywords, const std::string& name, const char* otherwise) {
  const auto at = std::find_if(keywords.begin(), keywords.end(), [&](const auto& pair) { return pair.first == name; });
  return at == keywords.end() ? otherwise : at->second;
}

std::string place_of(const ConnectionKeywords& keywords) {
  return value_of(keywords, "host", value_of(keywords, "hostaddr", "localhost").c_str()) + ":" +
         value_of(keywords, "port", "5432");
}

/// libpq's message as one line.
std::string one_line(const char* message) {
  std::string line;
  for (const char* c = message; *c != '\0'; ++c) {
    if (*c != '\n' && *c != '\t')
      line += *c;
    else if (!line.empty() && line.back() != ' ')
      line += line.back() == '.' || line.back() == ':' ? " " : ". ";
  }
  while (line.ends_with(' ') || line.ends_with('.')) line.pop_back();
  return line.empty() ? "no answer" : line;
}

bool has_several(const ConnectionKeywords& keywords) {
  return (value_of(keywords, "host", "") + value_of(keywords, "hostaddr", "")).find(',') != std::string::npos;
}

/// What a cluster says, or one of its servers or proxies, while it has no leader.
bool is_without_leader(const std::string& refused) {
  return std::ranges::any_of(k_without_leader,
                             [&](std::string_view part) { return refused.find(part) != std::string::npos; });
}

/// What waiting does not mend, whoever leads.
bool is_final(const std::string& refused) {
  return std::ranges::any_of(k_final, [&](std::string_view part) { return refused.find(part) != std::string::npos; });
}

/// Tries several places one after the other, each for as long as `connect_timeout` says.
std::optional<std::string> try_each(const Keywords& keywords) {
  const OwnConnection connection(PQconnectdbParams(keywords.names.data(), keywords.values.data(), 0));
  if (!connection) return "out of memory";
  if (PQstatus(connection.get()) != CONNECTION_OK) return one_line(PQerrorMessage(connection.get()));
  if (auto standby = refusal_of_standby(connection.get())) return standby->message;
  return std::nullopt;
}

/// Tries once. Empty: connected; else why not.
std::optional<std::string> try_once(const Keywords& keywords, StartWatch& watch) {
  const OwnConnection connection(PQconnectStartParams(keywords.names.data(), keywords.values.data(), 0));
  if (!connection) return "out of memory";
  const auto until = Clock::now() + k_connect_max;
  auto state = PQstatus(connection.get()) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (state == PGRES_POLLING_READING || state == PGRES_POLLING_WRITING) {
    pollfd watched{PQsocket(connection.get()), static_cast<short>(state == PGRES_POLLING_READING ? POLLIN : POLLOUT),
                   0};
    const int ready = ::poll(&watched, 1, k_step_milliseconds);
    if (watch.is_to_end()) return "told to end";
    if (ready > 0) state = PQconnectPoll(connection.get());
    if (ready == 0 && Clock::now() >= until) return "it does not answer within 5 seconds";
  }
  if (state == PGRES_POLLING_OK) {
    if (auto standby = refusal_of_standby(connection.get())) return standby->message;
    return std::nullopt;
  }
  return one_line(PQerrorMessage(connection.get()));
}

}  // namespace

sdk::Done first_contact(const std::string& url, std::chrono::seconds patience, StartWatch& watch) {
  const auto wrong = [](const std::string& why) {
    return sdk::fail({sdk::FailureKind::invalid, why, {}, {}, "--database-url"});
  };
  auto parsed = parse_connection_url(url);
  if (!parsed) return wrong("--database-url " + parsed.error().message);
  const std::string place = place_of(*parsed);
  const bool is_cluster = has_several(*parsed);
  if (is_cluster && value_of(*parsed, "connect_timeout", "").empty()) parsed->emplace_back("connect_timeout", "2");
  const Keywords keywords(*parsed);
  const auto began = Clock::now();
  watch.enter("connecting to the database at " + place);
  for (;;) {
    const auto refused = is_cluster ? try_each(keywords) : try_once(keywords, watch);
    if (!refused) return {};
    if (watch.is_to_end()) return sdk::fail(sdk::FailureKind::broken, "told to end");
    if ((is_cluster || is_without_leader(*refused)) && !is_final(*refused)) {
      watch.enter("waiting for a database that takes writes at " + place);
      if (!watch.pause(k_between)) return sdk::fail(sdk::FailureKind::broken, "told to end");
      continue;
    }
    const auto waited = Clock::now() - began;
    // Asked only when the refusal came quickly: a place that swallows what is sent there would be waited for twice.
    const bool is_quick = waited < k_connect_max || patience > k_connect_max;
    const PGPing ping = is_quick ? PQpingParams(keywords.names.data(), keywords.values.data(), 0) : PQPING_NO_RESPONSE;
    const auto wait_max = ping == PQPING_REJECT ? k_starting_max : ping == PQPING_NO_RESPONSE ? patience : 0s;
    if (waited >= wait_max) return wrong("the database at " + place + " cannot be used: " + *refused);
    watch.enter("waiting for the database at " + place + ": " + *refused);
    if (!watch.pause(k_between)) return sdk::fail(sdk::FailureKind::broken, "told to end");
  }
}

}  // namespace crm::app
