#pragma once
/// The addresses that stand in mails and on pages. `site`: the CRM's public URL, or empty for a path.
#include <string>

namespace scheduling {

inline std::string manage_link(const std::string& site, const std::string& token) {
  return site + "/schedule/manage/" + token;
}
/// The page that a booking ends on; it can be opened again.
inline std::string booked_link(const std::string& token) {
  return manage_link("", token) + "?booked=1";
}
inline std::string ics_link(const std::string& site, const std::string& token) {
  return manage_link(site, token) + "/invite.ics";
}
/// Where a host confirms or declines a request.
inline std::string approval_link(const std::string& site, const std::string& token) {
  return site + "/schedule/manage/request/" + token;
}

/// Where a host says what came of a meeting.
inline std::string outcome_link(const std::string& site, const std::string& token) {
  return site + "/schedule/manage/outcome/" + token;
}

/// Where an attendee proves that the address is theirs.
inline std::string verification_link(const std::string& site, const std::string& token) {
  return site + "/schedule/manage/verify/" + token;
}

}  // namespace scheduling
