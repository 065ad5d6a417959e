#pragma once
/// One running process of the CRM: builds every room from the options, starts them in order, stops them in reverse.
#include <memory>
#include <string>

#include "crm/sdk/outcome.hpp"
#include "reference_host/settings/options.hpp"
#include "reference_host/system/start_watch.hpp"

namespace crm::app {

class Instance {
 public:
  /// Blocks until the instance serves requests. A failure says which part could not start, and why. The port is taken
  /// before anything else is begun. `watch` may end the start; it outlives the instance.
  static sdk::Outcome<std::unique_ptr<Instance>> start(const Options& chosen, StartWatch& watch);
  ~Instance();  ///< stops: no new connections, running requests finish, jobs end, modules leave, database stops

  int port() const;
  /// What a person wants to know after the start: where to click, how to log in.
  std::string greeting() const;

 private:
  Instance();
  class Door;
  struct Plan;
  static sdk::Outcome<std::unique_ptr<Instance>> start_once(const Plan& plan, StartWatch& watch, Door& door);
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Where the migrations and the OpenAPI documents of the CRM lie: CRM_HOST_SHARE or the folder of the build.
std::string share_folder();

}  // namespace crm::app
