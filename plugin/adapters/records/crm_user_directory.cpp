#include "plugin/adapters/records/crm_user_directory.hpp"

#include "plugin/adapters/records/crm_failure.hpp"

namespace scheduling {

Result<Person> CrmUserDirectory::find(UserId id) {
  auto user = users_.find(session_, crm::sdk::UserId{id.value});
  if (!user) return fail(crm_error(user.error()));
  return Person{UserId{user->id.value}, std::move(user->name), std::move(user->email), std::move(user->timezone),
                user->role == crm::sdk::Role::admin, user->is_active};
}

}  // namespace scheduling
