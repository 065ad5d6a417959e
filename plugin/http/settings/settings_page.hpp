#pragma once
/// The page on which people who are met set everything up. It is one document for all its addresses; what it shows is
/// loaded by its script through the API, with the rights of whoever is signed in.
#include "crm/sdk/http.hpp"
#include "plugin/ports/presentation/built_entry.hpp"
#include "plugin/ports/presentation/html_renderer.hpp"

namespace scheduling {

class SettingsPage {
 public:
  SettingsPage(const HtmlRenderer& renderer, BuiltEntry entry, bool is_demonstration)
      : renderer_(renderer), entry_(std::move(entry)), is_demonstration_(is_demonstration) {}

  /// GET /settings/scheduling and what lies below it.
  crm::sdk::Response show(const crm::sdk::Request& request) const;

 private:
  const HtmlRenderer& renderer_;
  BuiltEntry entry_;
  bool is_demonstration_;
};

}  // namespace scheduling
