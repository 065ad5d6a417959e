#include "plugin/adapters/crm/crm_user_directory.hpp"

#include <algorithm>
#include <optional>

#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {
namespace {

Person person_of(crm::sdk::User user) {
  return Person{UserId{user.id.value},
                std::move(user.name),
                std::move(user.email),
                std::move(user.timezone),
                user.role == crm::sdk::Role::admin,
                user.is_active};
}

}  // namespace

void CrmUserDirectory::ask(UserId id) {
  asked_.emplace_back(id, users_.post_find(session_, crm::sdk::UserId{id.value}));
}

Result<Person> CrmUserDirectory::find(UserId id) {
  const crm::sdk::UserId wanted{id.value};
  const auto asked = std::ranges::find(asked_, id, &std::pair<UserId, crm::sdk::Ticket>::first);
  const auto ticket = asked == asked_.end() ? std::nullopt : std::optional(asked->second);
  if (ticket) asked_.erase(asked);
  auto user = ticket ? users_.collect_find(session_, *ticket, wanted) : users_.find(session_, wanted);
  if (!user) return fail(to_error(user.error()));
  return person_of(std::move(*user));
}

Result<std::vector<Person>> CrmUserDirectory::all_active() {
  auto users = users_.all_active(session_);
  if (!users) return fail(to_error(users.error()));
  std::vector<Person> people;
  for (crm::sdk::User& user : *users) people.push_back(person_of(std::move(user)));
  return people;
}

void CrmUserDirectory::ask_among(std::span<const std::string> emails) {
  asked_among_ = users_.post_addresses(session_, emails);
}

Result<std::vector<std::string>> CrmUserDirectory::users_among(std::span<const std::string> emails) {
  const auto asked = std::exchange(asked_among_, std::nullopt);
  auto known = users_.collect_addresses(session_, asked ? *asked : users_.post_addresses(session_, emails), emails);
  if (!known) return fail(to_error(known.error()));
  return std::move(*known);
}

Result<std::string> CrmUserDirectory::locale_of(UserId id) {
  auto locale = users_.locale_of(session_, crm::sdk::UserId{id.value});
  if (!locale) return fail(to_error(locale.error()));
  return std::move(*locale);
}

}  // namespace scheduling
