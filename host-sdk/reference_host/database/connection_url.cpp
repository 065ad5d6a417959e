#include "reference_host/database/connection_url.hpp"

#include <libpq-fe.h>

#include <memory>

namespace crm::app {

sdk::Outcome<ConnectionKeywords> parse_connection_url(const std::string& url) {
  char* error = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(url.c_str(), &error),
                                                                             &PQconninfoFree);
  if (error) PQfreemem(error);
  if (!options)
    return sdk::fail({sdk::FailureKind::invalid, "is no PostgreSQL connection URL", {}, {}, "database-url"});
  ConnectionKeywords keywords;
  for (const PQconninfoOption* option = options.get(); option->keyword; ++option)
    if (option->val && *option->val) keywords.emplace_back(option->keyword, option->val);
  return keywords;
}

sdk::Outcome<std::string> poco_connection_string(const ConnectionKeywords& keywords) {
  std::string out;
  for (const auto& [keyword, value] : keywords) {
    if (value.find_first_of(" \t\r\n") != std::string::npos)
      return sdk::fail({sdk::FailureKind::invalid,
                        keyword + " holds a space, which a Poco session cannot carry (use a password file)",
                        {},
                        {},
                        "database-url"});
    out += keyword + '=';
    for (const char c : value) {
      if (c == '\'' || c == '\\') out += '\\';
      out += c;
    }
    out += ' ';
  }
  if (!out.empty()) out.pop_back();
  return out;
}

}  // namespace crm::app
