// EVIDENCE: B-8.4
// Who is let in, who waits for a review, and which first mails leave: the decisions alone.
#include "plugin/core/booking/admission.hpp"

#include <gtest/gtest.h>

#include "plugin/core/text/person_name.hpp"

namespace scheduling::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

AbuseLimits limits() {
  AbuseLimits all;
  all.open_meetings_per_email_max = 5;
  all.guest_mails_per_network_max = 3;
  all.first_mails_per_recipient_max = 2;
  all.guest_mails_per_page_hour_max = 10;
  all.form_time_min = seconds{2};
  all.has_honeypot = true;
  return all;
}

std::vector<std::string> reasons(const AbuseLimits& limits, const BookingSigns& signs) {
  return names_of(review_reasons(limits, signs));
}

TEST(Admission, HoldsForReviewWhatLooksLikeAbuse) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(reasons(limits(), {false, milliseconds{2000}, 4}), Names{});
  EXPECT_EQ(reasons(limits(), {false, std::nullopt, 0}), Names{}) << "JSON has no form";
  EXPECT_EQ(reasons(limits(), {false, milliseconds{1999}, 0}), Names{"form_time"});
  EXPECT_EQ(reasons(limits(), {false, std::nullopt, 5}), Names{"open_meetings"});
  EXPECT_EQ(reasons(limits(), {true, milliseconds{0}, 9}), (Names{"open_meetings", "honeypot", "form_time"}));
  EXPECT_EQ(reasons({}, {true, milliseconds{0}, 1000}), Names{}) << "what is not set does not hold";
}

std::vector<std::string> held(NetworkLimits network, const MailUse& use) {
  std::vector<std::string> names;
  for (const auto& limit : held_mails(limits(), network, use)) names.emplace_back(limit ? name_of(*limit) : "-");
  return names;
}

TEST(Admission, LetsMailsLeaveInTheirOrderUntilALimitIsReached) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(held(NetworkLimits::hold, {1, 0, {0, 0, 0}}), (Names{"-", "-", "guest_mails_per_network_max"}));
  EXPECT_EQ(held(NetworkLimits::off, {1000, 0, {0, 0, 0}}), (Names{"-", "-", "-"})) << "a proxy hides the network";
  EXPECT_EQ(held(NetworkLimits::hold, {0, 0, {2, 1}}), (Names{"first_mails_per_recipient_max", "-"}));
  EXPECT_EQ(held(NetworkLimits::hold, {0, 9, {2, 0, 0}}),
            (Names{"first_mails_per_recipient_max", "-", "guest_mails_per_page_hour_max"}))
      << "what is held uses nothing up";
  EXPECT_EQ(held_mails({}, NetworkLimits::hold, {999, 999, {999}}), (std::vector<std::optional<MailLimit>>{{}}));
}

TEST(BlockedSenders, AreAddressesAndDomainsWithTheirSubdomains) {
  const BlockedSenders blocked(
      {" Eve@Example.COM ", "spam.example", "@at.example", "*.star.example.", "top", "", "no mail"});
  const auto blocks = [&](const char* address) { return blocked.blocks(EmailAddress::parse(address).value()); };
  for (const char* address : {"eve@example.com", "EVE@EXAMPLE.com", "a@spam.example", "a@mx.Spam.Example",
                              "a@at.example", "a@star.example", "a@b.star.example", "a@anything.top"})
    EXPECT_TRUE(blocks(address)) << address;
  for (const char* address : {"ada@example.com", "a@notspam.example", "a@spam.example.org", "a@stop.example"})
    EXPECT_FALSE(blocks(address)) << address;
}

std::string name_error(const std::string& name) {
  FieldErrors errors;
  check_person_name(errors, "attendee_name", name);
  return errors.empty() ? "" : errors.list().front().field + ":" + errors.list().front().code;
}

std::string times(int count, const char* text) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

TEST(PersonNames, CarryNoLinkNoAddressAndNoMessage) {
  for (const char* name : {"Ada Lovelace", "Dr. Ada w. Lovelace", "http", "Łukasz O\u2019Brien-Żak", "李小龍。",
                           "A/B: C", "Www", "Nguye\u0302\u0303n"})
    EXPECT_EQ(name_error(name), "") << name;
  for (const char* name :
       {"Win at https://evil.example", "www.evil.example", "WWW.evil.example", "ada@evil.example", "@ada",
        "Ada \uFF20 home", "http\uFF1A\uFF0F\uFF0Fevil", "w\u200Bww.evil", "\uFF57\uFF57\uFF57\uFF0Eevil"})
    EXPECT_EQ(name_error(name), "attendee_name:invalid_format") << name;
  EXPECT_EQ(name_error(times(80, "ä")), "");
  EXPECT_EQ(name_error(times(81, "ä")), "attendee_name:too_long");
  EXPECT_EQ(name_error(times(80, "e\u0301")), "") << "an accent of its own is no character that people see";
  EXPECT_EQ(name_error(times(81, "e\u0301")), "attendee_name:too_long");
  EXPECT_EQ(name_error(times(60, "e\u0301\u0302\u0303\u0304\u0305")), "attendee_name:too_long") << "marks without end";
  EXPECT_EQ(name_error("\u200B\u200B"), "attendee_name:required");
}

}  // namespace
}  // namespace scheduling::testing
