#pragma once
/// Where a meeting takes place, in the reader's language.
#include <string>
#include <string_view>

#include "plugin/core/booking/meeting.hpp"
#include "plugin/core/booking/phone_reader.hpp"
#include "plugin/core/mail/meeting_event.hpp"
#include "plugin/ports/presentation/message_catalog.hpp"

namespace scheduling {

/// Who reads it, and the names that stand in the sentence.
struct LocationReader {
  MailRole role = MailRole::attendee;
  std::string host{};
  std::string attendee{};
};

class LocalizedLocation {
 public:
  LocalizedLocation(const MessageCatalog& messages, const PhoneReader& phones) : messages_(messages), phones_(phones) {}

  /// "Rosa Rep calls you at +1 202-555-0136", "Zoom meeting"; empty for a place that only the host's own text names.
  /// The attendee's number is for the attendee and the host alone.
  std::string kind_text(std::string_view locale, const Meeting& meeting, const LocationReader& reader) const;
  /// The link of the room and the host's own text, else kind_text(); at a meeting by phone both. Empty when the meeting
  /// has no location.
  std::string text(std::string_view locale, const Meeting& meeting, const LocationReader& reader) const;
  /// The number in kind_text(), grouped as it stands there; empty where there is none.
  std::string number(const Meeting& meeting, MailRole reader) const;
  /// What the host wrote beside: nothing when that is the number of a call.
  std::string own_text(const Meeting& meeting) const;
  std::string grouped(std::string_view number) const { return phones_.grouped(number); }

 private:
  const MessageCatalog& messages_;
  const PhoneReader& phones_;
};

}  // namespace scheduling
