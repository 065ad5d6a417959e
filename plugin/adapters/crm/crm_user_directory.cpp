#include "plugin/adapters/crm/crm_user_directory.hpp"

#include <utility>

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {

void CrmUserDirectory::ask(UserId id) {
  asked_ = id;
  answer_ = users_.ask(session_, crm::sdk::UserId{id.value});
}

Result<Person> CrmUserDirectory::find(UserId id) {
  const crm::sdk::UserId wanted{id.value};
  const bool was_asked = id && id == std::exchange(asked_, {});
  auto user = was_asked ? users_.answer(session_, answer_, wanted) : users_.find(session_, wanted);
  if (!user) return fail(to_error(user.error()));
  return Person{UserId{user->id.value},
                std::move(user->name),
                std::move(user->email),
                std::move(user->timezone),
                user->role == crm::sdk::Role::admin,
                user->is_active};
}

Result<std::string> CrmUserDirectory::locale_of(UserId id) {
  auto locale = users_.locale_of(session_, crm::sdk::UserId{id.value});
  if (!locale) return fail(to_error(locale.error()));
  return std::move(*locale);
}

}  // namespace scheduling
