#pragma once
/// The meetings of one contact with the names of those who host them.
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/ports/crm/record_book.hpp"
#include "plugin/ports/storage/contact_meetings.hpp"
#include "plugin/ports/storage/transaction.hpp"

namespace scheduling {

struct HostedMeeting {
  ContactMeeting meeting;
  std::string host_name;  ///< empty: a user who is gone
};

inline constexpr int k_contact_meetings_ahead_max = 20;
inline constexpr int k_contact_meetings_past_max = 5;

/// What is planned first, then the last few that were. `host`: only theirs; absent: everybody's.
Result<std::vector<HostedMeeting>> meetings_of_contact(Transaction& transaction, ContactId contact,
                                                       std::optional<UserId> host, Instant now);

/// Hosting somebody does not show their record: a contact that the reader may not see in the CRM is none here either.
Done hide_contacts(Transaction& transaction, const ContactReader& reader, std::span<Meeting> meetings);

}  // namespace scheduling
