#include "plugin/services/meeting/meeting_words.hpp"

#include <map>

#include "plugin/core/booking/answers.hpp"
#include "plugin/ports/crm/user_directory.hpp"
#include "plugin/ports/storage/calendar_repository.hpp"
#include "plugin/ports/storage/meeting_repository.hpp"
#include "plugin/ports/storage/meeting_type_repository.hpp"
#include "plugin/ports/storage/turn_repository.hpp"

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

using Successors = std::map<MeetingId, MeetingId>;

/// Of those that were moved; a meeting that went to somebody else is not the reader's to see.
Result<Successors> successors_of(Transaction& transaction, std::optional<UserId> reader,
                                 std::span<const Meeting> meetings) {
  std::vector<MeetingId> moved;
  for (const Meeting& meeting : meetings)
    if (meeting.status == MeetingStatus::rescheduled) moved.push_back(meeting.id);
  Successors found;
  if (moved.empty()) return found;
  auto rows = transaction.meetings().successors(moved);
  if (!rows) return fail(std::move(rows.error()));
  for (const Successor& row : *rows)
    if (!reader || *reader == row.host) found.emplace(row.moved, row.newest);
  return found;
}

void add_phone_texts(MeetingWords& words, const Meeting& meeting, const PhoneReader& phones) {
  if (meeting.phone) words.phone_texts.emplace_back("phone", phones.grouped(*meeting.phone));
  for (const Answer& answer : meeting.answers)
    for (const Question& question : words.questions)
      if (question.id == answer.id && question.type == QuestionType::phone)
        words.phone_texts.emplace_back("answers." + question.id, phones.grouped(answer_text(answer.value)));
}

}  // namespace

Result<std::vector<MeetingWords>> load_meeting_words(Transaction& transaction, std::optional<UserId> reader,
                                                     std::span<const Meeting> meetings, const PhoneReader& phones,
                                                     Instant now) {
  Names names(transaction);
  auto successors = successors_of(transaction, reader, meetings);
  if (!successors) return fail(std::move(successors.error()));
  std::vector<MeetingId> ids;
  for (const Meeting& meeting : meetings) ids.push_back(meeting.id);
  auto calendars = transaction.calendars().states(ids);
  if (!calendars) return fail(std::move(calendars.error()));
  auto assignments = transaction.turns().assignments(ids);
  if (!assignments) return fail(std::move(assignments.error()));
  std::vector<MeetingWords> words;
  for (const Meeting& meeting : meetings) {
    auto type = names.type(meeting.type);
    if (!type) return fail(std::move(type.error()));
    auto host = names.host(meeting.host);
    if (!host) return fail(std::move(host.error()));
    MeetingWords& one = words.emplace_back();
    one.calendar = std::move((*calendars)[words.size() - 1]);
    one.assignment = std::move((*assignments)[words.size() - 1]);
    if (*type) {
      one.type_name = (*type)->name;
      one.questions = (*type)->questions;
    }
    one.host_name = std::move(*host);
    one.has_begun = meeting.time.start() <= now;
    if (const auto next = successors->find(meeting.id); next != successors->end()) one.successor = next->second;
    add_phone_texts(one, meeting, phones);
  }
  return words;
}

}  // namespace scheduling
