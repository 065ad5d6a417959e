#pragma once
#include "crm/sdk/users.hpp"
#include "plugin/ports/crm/user_directory.hpp"

namespace scheduling {

class CrmUserDirectory final : public UserDirectory {
 public:
  CrmUserDirectory(crm::sdk::Users& users, crm::sdk::Session& session) : users_(users), session_(session) {}
  void ask(UserId id) override;
  Result<Person> find(UserId id) override;
  Result<std::string> locale_of(UserId id) override;

 private:
  crm::sdk::Users& users_;
  crm::sdk::Session& session_;
  UserId asked_;
  crm::sdk::Ticket answer_;
};

}  // namespace scheduling
