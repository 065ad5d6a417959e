// EVIDENCE: B-7.6
#include "plugin/services/meeting/booking_contact.hpp"

#include <gtest/gtest.h>

#include "plugin/adapters/phone/lib_phone_reader.hpp"

namespace scheduling {
namespace {

AttendeeDetails attendee(const char* name, std::optional<std::string> phone = {}) {
  AttendeeDetailsDraft draft;
  draft.attendee_name = name;
  draft.attendee_email = "ada@example.com";
  draft.phone = std::move(phone);
  draft.utm = {{"source", "mail"}};
  FieldErrors errors;
  return check_attendee_details(errors, draft, {}, LibPhoneReader{}, "").value();
}

constexpr UserId k_host{7};
constexpr UserId k_other{8};

TEST(BookingContact, IsMadeForAStrangerAndBelongsToTheHost) {
  const MatchedContact matched = match_contact({}, k_host, attendee("Ada Lovelace", "+12125550123"));
  EXPECT_FALSE(matched.choice.known);
  EXPECT_EQ(matched.choice.owner, k_host);
  EXPECT_EQ(matched.choice.fields, (TextFields{{"name", "Ada Lovelace"},
                                               {"email", "ada@example.com"},
                                               {"phone", "+12125550123"},
                                               {"source", "meeting_scheduler"},
                                               {"utm_source", "mail"}}));
  EXPECT_TRUE(matched.suggestions.empty());
}

TEST(BookingContact, OfSeveralIsTheHostsOwnThenTheLowestId) {
  const std::vector<Contact> contacts{{ContactId{3}, k_other, {}}, {ContactId{5}, k_host, {}}};
  EXPECT_EQ(match_contact(contacts, k_host, attendee("Ada")).choice.known, ContactId{5});
  EXPECT_EQ(match_contact(contacts, UserId{9}, attendee("Ada")).choice.known, ContactId{3});
}

TEST(BookingContact, ChangesNothingOfARecordAndSuggestsWhatDiffers) {
  const std::vector<Contact> contacts{{ContactId{3}, k_host, {{"name", "A. Lovelace"}}}};
  const MatchedContact matched = match_contact(contacts, k_host, attendee("Ada Lovelace", "+12125550123"));
  EXPECT_TRUE(matched.choice.fields.empty()) << "what is empty stays empty";
  EXPECT_EQ(matched.suggestions,
            (std::vector<FieldSuggestion>{{"name", "A. Lovelace", "Ada Lovelace"}, {"phone", "", "+12125550123"}}));
}

}  // namespace
}  // namespace scheduling
