#pragma once
#include <utility>
#include <vector>

#include "crm/sdk/users.hpp"
#include "plugin/adapters/pipelining/pipelined_crm.hpp"

namespace scheduling {

class CrmUserDirectory final : public PipelinedUserDirectory {
 public:
  CrmUserDirectory(crm::sdk::Users& users, crm::sdk::Session& session) : users_(users), session_(session) {}
  void ask(UserId id) override;
  Result<Person> find(UserId id) override;
  Result<std::string> locale_of(UserId id) override;

 private:
  crm::sdk::Users& users_;
  crm::sdk::Session& session_;
  std::vector<std::pair<UserId, crm::sdk::Ticket>> asked_;  ///< and not read yet
};

}  // namespace scheduling
