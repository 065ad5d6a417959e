#include "plugin/adapters/caldav/dav_reading.hpp"

#include <algorithm>
#include <set>

namespace scheduling {
namespace {

/// Objects that are fetched at once: a page of the busy store.
constexpr std::size_t k_batch = 100;
constexpr int k_token_pages_max = 2000;
constexpr std::size_t k_object_id_max = 900;
/// A calendar that had more objects than that and lists none suddenly is not believed.
constexpr std::size_t k_emptied_from = 3;

/// An error that another way of asking may get around.
bool is_worth_listing(const DavReply& reply) {
  if (!reply.is_answered()) return false;
  const int status = reply.http.status;
  return status >= 400 && status != 401 && status != 404 && status != 410 && status != 429 && status != 503;
}

std::string sync_body(const std::string& token) {
  return dav_body("D:sync-collection", "<D:sync-token>" + xml_escaped(token) +
                                           "</D:sync-token><D:sync-level>1</D:sync-level>"
                                           "<D:prop><D:getetag/></D:prop>");
}

}  // namespace

void DavReading::want(const std::string& id, const std::string& etag, bool& was_known) {
  DavPlace::Seen& seen = place_.objects[id];
  was_known = !etag.empty() && seen.tag == tag_of_etag(etag);
  if (!was_known) seen.is_wanted = true;
}

void DavReading::gone(const std::string& id) {
  if (place_.objects.erase(id) == 0) return;
  RemoteEvent event;
  event.id = id;
  event.is_cancelled = true;
  page_.events.push_back(std::move(event));
  page_.replaced.push_back(id);
}

/// Follows sync-collection (RFC 6578) from the token that was kept. A server that does not know it may say so, fail, or
/// answer with all there is; then everything is listed.
DavReading::Trouble DavReading::follow_tokens(bool& is_followed) {
  DavPlace before = place_;
  for (int pages = 0; pages < k_token_pages_max; ++pages) {
    const DavReply reply = session_.client.report(session_.calendar, 0, sync_body(place_.sync_token));
    auto answer = reply.is(207) ? parse_multistatus(reply.http.body) : std::nullopt;
    if (!answer && !reply.is(207) && !is_worth_listing(reply)) return dav_error(reply, false);
    const bool is_known = answer && !answer->sync_token.empty();
    bool has_more = false;
    bool is_everything = !is_known;
    for (const DavMember& member : is_known ? answer->members : std::vector<DavMember>{}) {
      const auto id = session_.id_of(member.href);
      if (member.status == 507) has_more = true;
      if (!id || !session_.is_in_calendar(*id) || id->size() > k_object_id_max) continue;
      if (member.status == 404 || member.status == 410) {
        gone(*id);
      } else if (member.status / 100 == 2) {
        bool was_known = false;
        want(*id, member.text(k_dav, "getetag"), was_known);
        is_everything = is_everything || was_known;  // a list of changes names nothing that did not change
      }
    }
    if (is_everything || (has_more && answer->sync_token == place_.sync_token)) {
      place_ = std::move(before);
      page_ = {};
      return std::nullopt;
    }
    place_.sync_token = answer->sync_token;
    if (!has_more) {
      is_followed = true;
      return std::nullopt;
    }
  }
  return ProviderError{ProviderTrouble::unavailable, "The list of changes has no end.", {}};
}

/// The tokens are asked for before the list: what changes in between is seen twice, and missed never.
DavReading::Trouble DavReading::list_all() {
  const DavReply tokens = session_.client.propfind(session_.calendar, 0, "<D:sync-token/><S:getctag/>");
  auto about = tokens.is(207) ? parse_multistatus(tokens.http.body) : std::nullopt;
  if (!about || about->members.empty()) return tokens.is(207) ? dav_unreadable(false) : dav_error(tokens, false);
  place_.sync_token = about->members.front().text(k_dav, "sync-token");
  const std::string ctag = about->members.front().text(k_calendarserver, "getctag");
  if (!ctag.empty() && ctag == place_.ctag && place_.sync_token.empty()) return std::nullopt;  // nothing changed
  place_.ctag = ctag;
  const DavReply reply = session_.client.propfind(session_.calendar, 1, "<D:getetag/><D:resourcetype/>");
  const auto answer = reply.is(207) ? parse_multistatus(reply.http.body) : std::nullopt;
  if (!answer) return reply.is(207) ? dav_unreadable(false) : dav_error(reply, false);
  std::set<std::string> listed;
  for (const DavMember& member : answer->members) {
    if (member.status == 507)
      return ProviderError{ProviderTrouble::refused, "The server does not list everything.", {}};
    const auto id = session_.id_of(member.href);
    const XmlElement* const type = member.value(k_dav, "resourcetype");
    const bool is_object = id && session_.is_in_calendar(*id) && !(type && type->has(k_dav, "collection"));
    if (!is_object || member.status / 100 != 2 || id->size() > k_object_id_max) continue;
    listed.insert(*id);
    bool was_known = false;
    want(*id, member.text(k_dav, "getetag"), was_known);
  }
  std::vector<std::string> missing;
  for (const auto& [id, seen] : place_.objects)
    if (!listed.contains(id)) missing.push_back(id);
  page_.is_emptied = listed.empty() && missing.size() > k_emptied_from;
  for (const std::string& id : missing) gone(id);
  return std::nullopt;
}

DavReading::Trouble DavReading::begin(const std::string& kept) {
  if (auto known = DavPlace::parse(kept)) place_ = std::move(*known);
  bool is_followed = false;
  if (!place_.sync_token.empty())
    if (auto trouble = follow_tokens(is_followed)) return trouble;
  if (!is_followed)
    if (auto trouble = list_all()) return trouble;
  // What could not be read the last time is tried again.
  for (auto& [id, seen] : place_.objects) seen.is_wanted = seen.is_wanted || seen.tag.empty();
  return std::nullopt;
}

void DavReading::take(const std::string& id, const std::string& etag, const std::string& text) {
  place_.objects[id] = {tag_of_etag(etag), false};
  page_.replaced.push_back(id);
  auto events = objects_.expand(text, window_, session_.account.addresses);
  if (!events) return;  // nothing that a calendar program could show either
  if (events->empty())
    // Far away, or no event at all; were it ours, its owner's edit is still followed.
    if (auto event = objects_.read(text, session_.account.addresses)) {
      event->is_free = true;
      events->push_back(std::move(*event));
    }
  for (RemoteEvent& event : *events) {
    event.id = id + event.id;
    event.etag = etag;
    page_.events.push_back(std::move(event));
  }
}

DavReading::Trouble DavReading::fetch() {
  std::set<std::string> asked;
  std::string hrefs;
  for (const auto& [id, seen] : place_.objects) {
    if (!seen.is_wanted) continue;
    const auto url = session_.url_of(id);
    if (!url) continue;
    asked.insert(id);
    hrefs += "<D:href>" + xml_escaped(url->path) + "</D:href>";
    if (asked.size() == k_batch) break;
  }
  if (asked.empty()) return std::nullopt;
  const DavReply reply = session_.client.report(
      session_.calendar, 1, dav_body("C:calendar-multiget", "<D:prop><D:getetag/><C:calendar-data/></D:prop>" + hrefs));
  const auto answer = reply.is(207) ? parse_multistatus(reply.http.body) : std::nullopt;
  if (!answer) return reply.is(207) ? dav_unreadable(false) : dav_error(reply, false);
  for (const DavMember& member : answer->members) {
    const auto id = session_.id_of(member.href);
    if (!id || asked.erase(*id) == 0) continue;
    const XmlElement* const data = member.value(k_caldav, "calendar-data");
    if (member.status == 404 || member.status == 410)
      gone(*id);
    else if (data)
      take(*id, member.text(k_dav, "getetag"), data->text);
    else
      asked.insert(*id);
  }
  // Not answered for: what is known of them stays, and the next reading asks again.
  for (const std::string& id : asked) place_.objects[id] = {"", false};
  return std::nullopt;
}

Told<ChangePage> DavReading::step(const ReadingPlace& place) {
  if (place.page.empty()) {
    if (auto trouble = begin(place.sync_token)) return std::move(*trouble);
  } else {
    auto known = DavPlace::parse(place.page);
    if (!known) return ProviderError{ProviderTrouble::place_unknown, "", {}};
    place_ = std::move(*known);
  }
  if (auto trouble = fetch()) return std::move(*trouble);
  (place_.has_wanted() ? page_.next_page : page_.sync_token) = place_.text();
  return std::move(page_);
}

}  // namespace scheduling
