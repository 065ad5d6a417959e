// Places and reasons as data, and the English texts that programs outside read.
#include <gtest/gtest.h>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/catalog/meeting_type.hpp"

namespace scheduling {
namespace {

constexpr const char* k_phone = "+12025550136";

constexpr LocationType k_all_kinds[] = {LocationType::zoom,  LocationType::google_meet, LocationType::teams,
                                        LocationType::phone, LocationType::in_person,   LocationType::custom};

MeetingTypeContent type_with(std::optional<LocationType> kind, std::optional<std::string> details) {
  MeetingTypeDraft draft;
  draft.name = "Call";
  draft.slug = "call";
  if (kind) draft.location_type = std::string(name_of(*kind));
  draft.location_details = std::move(details);
  return MeetingTypeContent::make(draft).value();
}

TEST(Location, KnowsItsKindsByName) {
  for (const LocationType kind : k_all_kinds) EXPECT_EQ(location_type_of(name_of(kind)), kind);
  EXPECT_EQ(location_type_of("moon"), std::nullopt);
  EXPECT_TRUE(is_video(LocationType::teams));
  EXPECT_FALSE(is_video(LocationType::phone));
}

TEST(Location, IsWhatTheTypeSays) {
  EXPECT_EQ(location_of(type_with(LocationType::phone, std::nullopt)), (Location{LocationType::phone, "", {}}));
  EXPECT_EQ(location_of(type_with(LocationType::zoom, "https://zoom.example/j/9")),
            (Location{LocationType::zoom, "https://zoom.example/j/9", {}}));
  EXPECT_EQ(location_of(type_with(std::nullopt, "At the lake")), (Location{LocationType::custom, "At the lake", {}}));
  EXPECT_EQ(location_of(type_with(std::nullopt, std::nullopt)), std::nullopt);
  EXPECT_EQ(location_of(type_with(LocationType::custom, std::nullopt)), std::nullopt);
}

TEST(Location, IsPublishedInEnglish) {
  const auto text = [](LocationType kind) { return published_text({.kind = kind}, k_phone); };
  EXPECT_EQ(text(LocationType::zoom), "Zoom meeting");
  EXPECT_EQ(text(LocationType::google_meet), "Google Meet");
  EXPECT_EQ(text(LocationType::teams), "Microsoft Teams");
  EXPECT_EQ(text(LocationType::phone), "Phone call: +12025550136");
  EXPECT_EQ(text(LocationType::in_person), "In person");
  EXPECT_EQ(published_text({.kind = LocationType::phone}, std::nullopt), "Phone call");
  for (const LocationType kind : k_all_kinds) {
    EXPECT_EQ(published_text({kind, "Room 4", {}}, k_phone), "Room 4") << name_of(kind);
    EXPECT_EQ(published_text({kind, "Room 4", "https://r.example/1"}, k_phone), "https://r.example/1\nRoom 4");
    EXPECT_EQ(published_text({kind, "", "https://r.example/1"}, k_phone), "https://r.example/1");
  }
}

TEST(Location, OfAMeetingWithoutOneIsNotPublished) {
  Meeting meeting{.time = TimeRange(Instant{}, Instant{} + std::chrono::seconds{1})};
  EXPECT_EQ(published_location(meeting), std::nullopt);
  meeting.location = Location{.kind = LocationType::phone};
  meeting.phone = k_phone;
  EXPECT_EQ(published_location(meeting), "Phone call: +12025550136");
}

TEST(CancelReason, IsPublishedInEnglish) {
  EXPECT_EQ(published_text({CancelReasonKind::written, "Ill"}), "Ill");
  EXPECT_EQ(published_text({CancelReasonKind::host_did_not_confirm_in_time, {}}), "The host did not confirm in time.");
  EXPECT_EQ(written_reason(std::nullopt), std::nullopt);
  for (const auto kind : {CancelReasonKind::written, CancelReasonKind::host_did_not_confirm_in_time})
    EXPECT_EQ(cancel_reason_kind_of(name_of(kind)), kind);
  EXPECT_EQ(cancel_reason_kind_of("bored"), std::nullopt);

  Meeting meeting{.time = TimeRange(Instant{}, Instant{} + std::chrono::seconds{1})};
  EXPECT_EQ(published_cancel_reason(meeting), std::nullopt);
  meeting.cancellation = Cancellation{Instant{}, CancelledBy::host, std::nullopt};
  EXPECT_EQ(published_cancel_reason(meeting), std::nullopt);
  meeting.cancellation->reason = written_reason("Ill");
  EXPECT_EQ(published_cancel_reason(meeting), "Ill");
}

}  // namespace
}  // namespace scheduling
