#pragma once
/// Reads a CalDAV calendar step by step: what changed since a place, by whichever way the server offers.
#include "plugin/adapters/caldav/dav_place.hpp"
#include "plugin/adapters/caldav/dav_session.hpp"
#include "plugin/ports/calendar/calendar_objects.hpp"

namespace scheduling {

class DavReading {
 public:
  DavReading(DavSession& session, const CalendarObjects& objects, TimeRange window)
      : session_(session), objects_(objects), window_(window) {}
  Told<ChangePage> step(const ReadingPlace& place);

 private:
  using Trouble = std::optional<ProviderError>;
  /// What is to be read stands in `place_` afterwards, what is gone in `page_`.
  Trouble begin(const std::string& kept);
  Trouble follow_tokens(bool& is_followed);
  Trouble list_all();
  Trouble fetch();
  void want(const std::string& id, const std::string& etag, bool& was_known);
  void gone(const std::string& id);
  void take(const std::string& id, const std::string& etag, const std::string& text);

  DavSession& session_;
  const CalendarObjects& objects_;
  TimeRange window_;
  DavPlace place_;
  ChangePage page_;
};

}  // namespace scheduling
