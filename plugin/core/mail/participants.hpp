#pragma once
/// Who takes part in a meeting, as far as mails and calendar files go: each address once, in its highest role.
///
/// Roles share addresses: a host books their own page, a meeting is handed to a colleague who was its guest. All that
/// writes to people or names them asks here, so nobody is written to twice and no two rows of the outbox collide.
/// Source: behaviour B-7, B-8.
#include <string>
#include <vector>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/mail/meeting_event.hpp"

namespace scheduling {

struct Participant {
  MailRole role = MailRole::attendee;
  std::string name{};     ///< empty for guests, who are known by their address alone
  std::string address{};  ///< as its owner wrote it
};

/// The attendee, the host and the guests, in this order; host before attendee before guest where they are one person.
/// Addresses are compared by their key.
std::vector<Participant> participants_of(const Meeting& meeting, const std::string& host_name,
                                         const std::string& host_address);

/// The same from its parts, for what is not a whole meeting; the roles are set here.
std::vector<Participant> participants_of(Participant attendee, Participant host,
                                         const std::vector<std::string>& guests);

/// The same with several hosts, whose order stays.
std::vector<Participant> participants_among(Participant attendee, std::vector<Participant> hosts,
                                            const std::vector<std::string>& guests);

/// Whether `address` is one of theirs.
bool takes_part(const std::vector<Participant>& participants, std::string_view address);

}  // namespace scheduling
