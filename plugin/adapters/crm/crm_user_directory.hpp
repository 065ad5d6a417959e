#pragma once
#include <optional>
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
  Result<std::vector<Person>> all_active() override;
  void ask_among(std::span<const std::string> emails) override;
  Result<std::vector<std::string>> users_among(std::span<const std::string> emails) override;
  Result<std::string> locale_of(UserId id) override;

 private:
  crm::sdk::Users& users_;
  crm::sdk::Session& session_;
  std::vector<std::pair<UserId, crm::sdk::Ticket>> asked_;  ///< and not read yet
  std::optional<crm::sdk::Ticket> asked_among_;
};

}  // namespace scheduling
