#include "plugin/adapters/caldav/dav_session.hpp"

namespace scheduling {

DavSession::DavSession(HttpClient& http, std::shared_ptr<const NetworkList> guard, DavAccount whose, DavUrl at)
    : account(std::move(whose)),
      home(std::move(at)),
      calendar(home),
      client(http, std::move(guard), home, account.username, account.password) {}

std::unique_ptr<DavSession> DavSession::open(HttpClient& http, std::shared_ptr<const NetworkList> guard,
                                             std::string_view access, std::string_view calendar) {
  auto account = DavAccount::parse(access);
  auto home = account ? DavUrl::parse(account->home) : std::nullopt;
  if (!home) return nullptr;
  auto session = std::make_unique<DavSession>(http, std::move(guard), std::move(*account), std::move(*home));
  if (calendar.empty()) return session;
  auto url = session->url_of(calendar);
  if (!url) return nullptr;
  session->calendar = std::move(*url);
  return session;
}

std::optional<std::string> DavSession::id_of(std::string_view href) const {
  const auto url = calendar.resolve(href);
  return url ? std::optional(url->id_beside(home)) : std::nullopt;
}

bool DavSession::is_in_calendar(const std::string& id) const {
  const std::string own = calendar.id_beside(home);
  return id.size() > own.size() && id.starts_with(own) && !id.ends_with('/');
}

/// What says 200 and is not what was asked for: a proxy, or half an answer.
ProviderError dav_unreadable(bool is_write) {
  return {is_write ? ProviderTrouble::unknown : ProviderTrouble::unavailable, "The answer cannot be read.", {}};
}

}  // namespace scheduling
