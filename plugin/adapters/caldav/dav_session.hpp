#pragma once
/// One account's calendar, opened: the client and where things are.
#include "plugin/adapters/caldav/dav_account.hpp"
#include "plugin/adapters/caldav/dav_client.hpp"

namespace scheduling {

struct DavSession {
  /// None when `access` or `calendar` cannot be read.
  static std::unique_ptr<DavSession> open(HttpClient& http, std::shared_ptr<const NetworkList> guard,
                                          std::string_view access, std::string_view calendar);
  DavSession(HttpClient& http, std::shared_ptr<const NetworkList> guard, DavAccount whose, DavUrl at);

  std::optional<DavUrl> url_of(std::string_view id) const { return home.resolve(id); }
  std::optional<std::string> id_of(std::string_view href) const;
  bool is_in_calendar(const std::string& id) const;

  DavAccount account;
  DavUrl home;
  DavUrl calendar;
  DavClient client;
};

ProviderError dav_unreadable(bool is_write);

}  // namespace scheduling
