#pragma once
/// Builds the responses of the public html pages: which template, with which headers, in which language.
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/http/public/details_form.hpp"
#include "plugin/http/public/month_view.hpp"
#include "plugin/http/public/prefill.hpp"
#include "plugin/http/wording/public_texts.hpp"
#include "plugin/ports/presentation/built_entry.hpp"
#include "plugin/services/catalog/scheduling_service.hpp"
#include "plugin/services/meeting/meeting_details.hpp"

namespace scheduling {

/// A page that only tells something.
struct NoticePage {
  int status = 404;
  std::string heading;  ///< keys of the text table
  std::string lead;
  std::string badge = "hand";
  std::string tone = "warn";
  std::string link_url{};
  std::string link_label{};
};

/// What all html pages have in common. It outlives their views.
struct HtmlSite {
  const HtmlRenderer& renderer;
  const PublicWording& wording;
  const crm::sdk::Site& crm;
  BuiltEntry script;
};

/// The html pages as one reader gets them. Made for each request.
class PublicViews {
 public:
  /// `address`: where the same page is found in another language, with the query as it was sent; empty: nowhere.
  PublicViews(const HtmlSite& site, ReaderLocale locale, std::string address)
      : site_(site), texts_(site.wording, std::move(locale)), address_(std::move(address)) {}
  const PublicTexts& texts() const { return texts_; }
  /// In another language the page is found there instead.
  void be_found_at(std::string address) { address_ = std::move(address); }
  /// The language that the reader chose, for links and forms to carry on; empty when the browser decides.
  std::string chosen_language() const { return texts_.locale().is_chosen ? texts_.tag() : std::string(); }
  /// As in kept_parameters(), and the chosen language.
  QueryParameters kept(const crm::sdk::Request& request, KeepZone keep_zone) const;
  /// "/schedule/manage/…?booked=1" with the chosen language.
  std::string with_language(const std::string& url) const;

  /// `redirect`: where a form on this page may lead in the end; its origin is allowed in form-action.
  crm::sdk::Response html(int status, std::string_view page, const View& view, const std::optional<Branding>& branding,
                          const std::optional<std::string>& redirect = {}) const;
  crm::sdk::Response notice(const NoticePage& notice) const;
  /// The friendly page for an error that has no page of its own.
  crm::sdk::Response refusal(const Error& error) const;

  /// Title, language, brand, stylesheet and script of a page's family. Search engines are asked to leave it out.
  View frame(const std::string& title, const std::optional<SchedulingPage>& page) const;
  /// What search engines and messengers show of a link to `path`: a page or meeting type that anybody may know of.
  View shared_link(const SchedulingPage& page, const std::string& path, const std::string& title,
                   const std::string& description) const;
  /// The left pane: host, type, duration, place, zone.
  View summary(const MeetingType& type, const SpokenZone& zone, Instant at, const std::string& host_name) const;
  /// The table of a meeting's facts; `details` hold as much of the place as the reader may see.
  View facts(const MeetingDetails& details, const SpokenZone& zone, MailRole reader = MailRole::attendee) const;
  /// `more`: values for the template beside the page's own. `invited`: the only type whose link keeps an invitation.
  crm::sdk::Response page(const SchedulingService::PublicPage& page, const QueryParameters& kept, const View& more,
                          const std::optional<MeetingTypeId>& invited = {}) const;

 private:
  std::string shown(const MeetingTypeContent& type, const Answer& answer) const;
  View::List languages() const;

  const HtmlSite& site_;
  PublicTexts texts_;
  std::string address_;
};

/// Finds out who reads, for each request.
class HtmlPages {
 public:
  explicit HtmlPages(const HtmlSite& site) : site_(site) {}
  /// `stored`: the language of the meeting that the page is about. `address_after_post`: where the page that answers a
  /// POST can be opened again.
  PublicViews views(const crm::sdk::Request& request, std::string_view stored = {},
                    const std::string& address_after_post = {}) const;
  const MessageCatalog& messages() const { return site_.wording.messages; }

 private:
  HtmlSite site_;
};

}  // namespace scheduling
