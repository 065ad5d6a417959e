#pragma once
/// All routes of the CRM and its modules, and which of them a request reaches.
///
/// Thread: any; matching takes no lock that a registration could hold for long.
/// Owner:  routes belong to a named owner ("host" or a module id) and leave with it.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/http.hpp"
#include "crm/sdk/outcome.hpp"

namespace crm::app {

class RouteTable {
 public:
  RouteTable();
  ~RouteTable();

  /// `conflict` when method and pattern are taken, `invalid` when the pattern is malformed.
  sdk::Done add(std::string_view owner, sdk::Route route);
  /// A route of a module that is switched off: answered 503, friendly in HTML or as problem+json.
  sdk::Done add_switched_off(std::string_view owner, sdk::Method method, std::string pattern);
  /// Puts `routes` in place of whatever `owner` had, in one step. All or nothing.
  sdk::Done replace_owner(std::string_view owner, std::vector<sdk::Route> routes);
  /// The owner's routes answer 503 from now on, without a gap; waits as remove_owner() does.
  void switch_off(std::string_view owner);
  /// After it returns no request is inside a handler of `owner`, none will enter, and the handlers
  /// (std::function objects) are destroyed.
  void remove_owner(std::string_view owner);

  struct Listed {
    std::string owner;
    sdk::Method method;
    std::string pattern;
    sdk::Access access;
    sdk::RateClass rate;
  };
  std::vector<Listed> list() const;

  struct Found {
    std::shared_ptr<const sdk::Route> route;                  ///< null on a miss
    std::shared_ptr<void> in_flight;                          ///< holds the owner while the request runs
    std::vector<std::pair<std::string, std::string>> params;  ///< decoded
    bool switched_off = false;
    std::string allow;          ///< for 405: "GET, POST"; empty means 404
    bool is_malformed = false;  ///< bad percent-encoding, no UTF-8 or control characters: 400
  };
  /// `path`: the undecoded path of the request target.
  Found find(sdk::Method method, std::string_view path) const;
  /// Methods allowed on `path`, "GET, POST"; empty when no pattern matches. For methods we do not know.
  std::string allowed(std::string_view path) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crm::app
