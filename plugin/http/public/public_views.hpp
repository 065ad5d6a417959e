#pragma once
/// Builds the responses of the public html pages: which template, with which headers.
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/http.hpp"
#include "crm/sdk/services.hpp"
#include "plugin/http/public/details_form.hpp"
#include "plugin/http/public/month_view.hpp"
#include "plugin/http/public/public_texts.hpp"
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

class PublicViews {
 public:
  /// `is_demo`: every page says that it is one.
  PublicViews(const HtmlRenderer& renderer, const PublicTexts& texts, BuiltEntry script, bool is_demo = false)
      : renderer_(renderer), texts_(texts), script_(std::move(script)), is_demo_(is_demo) {}
  const PublicTexts& texts() const { return texts_; }

  /// `redirect`: where a form on this page may lead in the end; its origin is allowed in form-action.
  crm::sdk::Response html(int status, std::string_view page, const View& view, const std::optional<Branding>& branding,
                          const std::optional<std::string>& redirect = {}) const;
  crm::sdk::Response notice(const NoticePage& notice) const;
  /// The friendly page for an error that has no page of its own.
  crm::sdk::Response refusal(const Error& error) const;

  /// Title, language, brand, stylesheet and script of a page's family.
  View frame(const std::string& title, const std::optional<SchedulingPage>& page) const;
  /// The left pane: host, type, duration, place, zone.
  View summary(const MeetingType& type, const SpokenZone& zone, Instant at, const std::string& host_name) const;
  /// The table of a meeting's facts; `details` hold as much of the place as the reader may see.
  View facts(const MeetingDetails& details, const SpokenZone& zone, MailRole reader = MailRole::attendee) const;
  crm::sdk::Response page(const SchedulingService::PublicPage& page, const QueryParameters& kept) const;

 private:
  std::string shown(const MeetingTypeContent& type, const Answer& answer) const;

  const HtmlRenderer& renderer_;
  const PublicTexts& texts_;
  BuiltEntry script_;
  bool is_demo_;
};

}  // namespace scheduling
