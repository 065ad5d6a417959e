#pragma once
/// What a module shows on a record's page in the CRM: sentences, links and buttons.
///
/// The module says what is true and what one can do; the CRM writes the HTML, escapes every text, and adds its
/// CSRF token to the buttons. So a panel looks like the CRM and can inject nothing.
/// Since: SDK 1.0
#include <functional>
#include <string>
#include <vector>

#include "crm/sdk/database.hpp"
#include "crm/sdk/http.hpp"
#include "crm/sdk/records.hpp"

namespace crm::sdk {

struct PanelLine {
  std::string text;   ///< one sentence, in the reader's language and zone
  std::string url{};  ///< makes the line a link: a path of the CRM ("/…") or http(s); empty: no link
};

struct PanelAction {
  std::string label;            ///< "Book a meeting"
  std::string path;             ///< a path of the CRM
  Method method = Method::get;  ///< get: a link. post: a button whose form holds the CSRF token and nothing else
};

struct PanelContent {
  std::vector<PanelLine> lines;
  std::vector<PanelAction> actions;
};

/// A CRM shows this many lines and actions of one panel.
inline constexpr std::size_t k_panel_lines_max = 50;
inline constexpr std::size_t k_panel_actions_max = 10;

/// Called when `reader` opens the page of `record`, which they may see. Empty content: the panel is left out.
///
/// Thread: any, several at once. The session is outside a transaction.
/// Errors: a failure, and what is thrown all the same, is shown as one sentence; the page appears anyway.
/// Cost:   the reader waits for it: a few statements, and no network.
using PanelFunction = std::function<Outcome<PanelContent>(Session&, const Record& record, const Principal& reader)>;

struct RecordPanel {
  std::string record_module;  ///< "contacts"
  std::string title;          ///< "Meetings"; unique in the module and record module
  PanelFunction show;
};

}  // namespace crm::sdk
