#include "plugin/services/meeting/meeting_words.hpp"

#include <map>

#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/meeting_type_repository.hpp"

namespace scheduling {
namespace {

class Names {
 public:
  explicit Names(Transaction& transaction) : transaction_(transaction) {}

  /// None: there is no such type, which only a damaged database shows.
  Result<const MeetingTypeContent*> type(MeetingTypeId id) {
    auto known = types_.find(id);
    if (known == types_.end()) {
      auto found = transaction_.meeting_types().find_with_archived(id);
      if (!found) return fail(std::move(found.error()));
      known = types_.emplace(id, *found ? std::optional(std::move((*found)->type.content)) : std::nullopt).first;
    }
    return known->second ? &*known->second : nullptr;
  }

  Result<std::optional<std::string>> host(UserId id) {
    if (const auto known = hosts_.find(id); known != hosts_.end()) return known->second;
    auto person = transaction_.users().find(id);
    if (!person && person.error().code != Code::not_found) return fail(std::move(person.error()));
    return hosts_.emplace(id, person ? std::optional(std::move(person->name)) : std::nullopt).first->second;
  }

 private:
  Transaction& transaction_;
  std::map<MeetingTypeId, std::optional<MeetingTypeContent>> types_;
  std::map<UserId, std::optional<std::string>> hosts_;
};

}  // namespace

Result<std::vector<MeetingWords>> load_meeting_words(Transaction& transaction, std::span<const Meeting> meetings,
                                                     Instant now) {
  Names names(transaction);
  std::vector<MeetingWords> words;
  for (const Meeting& meeting : meetings) {
    auto type = names.type(meeting.type);
    if (!type) return fail(std::move(type.error()));
    auto host = names.host(meeting.host);
    if (!host) return fail(std::move(host.error()));
    MeetingWords& one = words.emplace_back();
    if (*type) {
      one.type_name = (*type)->name;
      one.questions = (*type)->questions;
    }
    one.host_name = std::move(*host);
    one.has_begun = meeting.time.start() <= now;
  }
  return words;
}

}  // namespace scheduling
