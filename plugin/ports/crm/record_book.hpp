#pragma once
/// Contacts and their timeline, as booking needs them. JSON stays in the adapter: a contact is read and
/// written as flat text fields, and an activity has typed parts.
/// Every call runs in the Transaction it was taken from, hooks of the CRM included.
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"
#include "plugin/core/time/instant.hpp"

namespace scheduling {

using TextFields = std::map<std::string, std::string>;

struct Contact {
  ContactId id;
  UserId owner;       ///< zero: nobody's
  TextFields fields;  ///< the record's top-level text, number and boolean values; empty ones are left out
  std::vector<std::string> addresses{};  ///< `email` first, then `emails[]`
};

/// A user of the CRM who reads of contacts: the CRM alone knows who may see which.
struct ContactReader {
  UserId user;
  bool is_admin = false;
};

/// What stands on the contact's timeline.
struct MeetingActivity {
  ContactId contact;
  std::string key;      ///< unique per contact; the same key again replaces the entry
  std::string subject;  ///< one line
  Instant occurs_at{};
  UserId user;      ///< who did it; zero: the attendee or the system
  TextFields data;  ///< "meeting_id", "status", "start", "end", "location", "host" …
  std::vector<std::pair<std::string, std::string>> answers;  ///< question's label and answer, in order
  TextFields suggestions;  ///< values that differ from the contact's and were not written (B-7)
};

/// A line of the timeline.
struct TimelineEntry {
  std::string subject;
  Instant occurs_at{};
  std::optional<MeetingId> meeting{};  ///< of a meeting's entry: which one of its chain the entry is about
  MeetingId chain{};                   ///< of a meeting's entry; zero: an older entry, which does not say
};

class RecordBook {
 public:
  virtual ~RecordBook() = default;
  /// All contacts with that address, lowest id first. Inside a transaction the address is locked, so two
  /// bookings by one stranger make one contact. One round trip.
  virtual Result<std::vector<Contact>> find_by_email(std::string_view email) = 0;
  virtual Result<Contact> find(ContactId id) = 0;
  /// Which of `ids` that user may see in the CRM, in any order. One round trip, however many.
  virtual Result<std::vector<ContactId>> seen_by(const ContactReader& reader, std::span<const ContactId> ids) = 0;
  /// The timeline as that user may read it, latest first, at most `count`. `not_found` for a contact that the user may
  /// not see.
  virtual Result<std::vector<TimelineEntry>> recent(const ContactReader& reader, ContactId id, int count) = 0;
  /// `invalid_input` with the CRM's message when a hook of the CRM refuses the contact.
  virtual Result<ContactId> create(UserId owner, const TextFields& fields) = 0;
  /// Sets these fields and leaves the others; `by`: the user who wants it. `invalid_input` as in create().
  virtual Result<void> change(ContactId id, const TextFields& fields, UserId by) = 0;
  /// The addresses in a record's stored text, as Contact has them; none when it cannot be read.
  virtual std::vector<std::string> addresses_in(std::string_view stored) const = 0;
  /// Writes the entry before the transaction commits; a failure may be reported by the next call or by the commit.
  virtual Result<void> log(const MeetingActivity& activity) = 0;
};

}  // namespace scheduling
