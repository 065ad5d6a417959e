#include "plugin/core/mail/participants.hpp"

#include <algorithm>

namespace scheduling {

std::vector<Participant> participants_of(const Meeting& meeting, const std::string& host_name,
                                         const std::string& host_address) {
  return participants_of({.name = meeting.attendee_name, .address = meeting.attendee_email},
                         {.name = host_name, .address = host_address}, meeting.guests);
}

std::vector<Participant> participants_of(Participant attendee, Participant host,
                                         const std::vector<std::string>& guests) {
  return participants_among(std::move(attendee), {std::move(host)}, guests);
}

std::vector<Participant> participants_among(Participant attendee, std::vector<Participant> hosts,
                                            const std::vector<std::string>& guests) {
  attendee.role = MailRole::attendee;
  std::vector<Participant> all;
  // Whose data was erased takes part no more: nobody knows where to write.
  if (!attendee.address.empty() && !takes_part(hosts, attendee.address)) all.push_back(std::move(attendee));
  for (Participant& host : hosts) {
    host.role = MailRole::host;
    all.push_back(std::move(host));
  }
  for (const std::string& guest : guests)
    if (!takes_part(all, guest)) all.push_back({MailRole::guest, {}, guest});
  return all;
}

bool takes_part(const std::vector<Participant>& participants, std::string_view address) {
  const std::string key = address_key(address);
  return std::ranges::any_of(participants, [&](const Participant& each) { return address_key(each.address) == key; });
}

}  // namespace scheduling
