#pragma once
/// Suggestions: what a form said and a record does not say, or a record says and a meeting does not.
/// Source: behaviour B-7, interface "Contacts, suggestions, privacy".
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/core/ids.hpp"
#include "plugin/core/outbox/outbox_message.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

enum class SuggestionKind : std::uint8_t {
  contact_field,   ///< a form said what the record does not, or otherwise
  attendee_email,  ///< the record's address changed; the upcoming meeting still writes to the former one
  reassign,        ///< the contact belongs to somebody who does not host the meeting
};
enum class SuggestionStatus : std::uint8_t { open, accepted, dismissed };

struct Suggestion {
  std::int64_t id = 0;
  SuggestionKind kind = SuggestionKind::contact_field;
  ContactId contact{};
  std::optional<MeetingId> meeting{};
  std::string field{};
  std::string current{};  ///< empty: nothing
  std::string proposed{};
  SuggestionStatus status = SuggestionStatus::open;
  Instant created_at{};
};

struct SuggestionFilter {
  std::optional<SuggestionStatus> status{};
  std::optional<ContactId> contact{};
  std::optional<MeetingId> meeting{};  ///< or another one of its chain
};

struct SuggestionAnswer {
  std::int64_t id = 0;
  SuggestionStatus status = SuggestionStatus::dismissed;
  UserId by{};
  std::string request_id{};
  Instant now{};
};

struct ChangedAddress {
  ContactId contact{};
  std::optional<std::string> email{};  ///< as the record has it now; none: nothing can be proposed
  std::vector<std::string> former{};   ///< keys of the addresses that the record had
  std::vector<std::string> present{};  ///< keys of those it has
  Instant now{};
};

/// The attendee of a meeting is written to elsewhere.
struct MovedMails {
  MeetingId meeting{};
  std::string email{};
  std::string key{};
  std::vector<OutboxMessage> messages{};
  Instant now{};
};

class SuggestionRepository {
 public:
  virtual ~SuggestionRepository() = default;
  /// The latest first, those with an id below `before`.
  virtual Result<std::vector<Suggestion>> list(const SuggestionFilter& filter, std::int64_t before, int count) = 0;
  virtual Result<std::optional<Suggestion>> find_for_update(std::int64_t id) = 0;
  /// Writes the audit entry too.
  virtual Done answer(const SuggestionAnswer& answer) = 0;
  /// For each meeting of the contact that is ahead and writes to an address the record had and has no more. Earlier
  /// proposals that no longer hold go.
  virtual Done propose_email(const ChangedAddress& change) = 0;
  /// For each meeting of the contact that is ahead and that `owner` does not host; nothing for nobody's contact.
  virtual Done propose_owner(ContactId contact, const std::optional<UserId>& owner, Instant now) = 0;
  /// That a user left the CRM: they take no turn, and their meetings wait for another host.
  virtual Done note_absence(UserId user, Instant now) = 0;
  virtual Done note_return(UserId user) = 0;
  virtual Result<std::optional<MeetingId>> newest_of_chain(MeetingId meeting) = 0;
  /// False when the meeting is no longer live.
  virtual Result<bool> move_mails(const MovedMails& moved) = 0;
};

inline std::string_view name_of(SuggestionKind kind) {
  switch (kind) {
    case SuggestionKind::contact_field: return "contact_field";
    case SuggestionKind::attendee_email: return "attendee_email";
    case SuggestionKind::reassign: return "reassign";
  }
  return "contact_field";
}
inline std::string_view name_of(SuggestionStatus status) {
  switch (status) {
    case SuggestionStatus::open: return "open";
    case SuggestionStatus::accepted: return "accepted";
    case SuggestionStatus::dismissed: return "dismissed";
  }
  return "open";
}
inline std::optional<SuggestionKind> suggestion_kind_of(std::string_view name) {
  for (const auto kind : {SuggestionKind::contact_field, SuggestionKind::attendee_email, SuggestionKind::reassign})
    if (name == name_of(kind)) return kind;
  return std::nullopt;
}
inline std::optional<SuggestionStatus> suggestion_status_of(std::string_view name) {
  for (const auto status : {SuggestionStatus::open, SuggestionStatus::accepted, SuggestionStatus::dismissed})
    if (name == name_of(status)) return status;
  return std::nullopt;
}

}  // namespace scheduling
