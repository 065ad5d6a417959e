#pragma once
/// HtmlRenderer over mustache templates that are read and compiled once, when the module loads.
#include <memory>
#include <string>

#include "plugin/core/result.hpp"
#include "plugin/ports/presentation/html_renderer.hpp"
#include "plugin/ports/presentation/message_catalog.hpp"

namespace scheduling {

/// `folder` holds templates/*.mustache. `{{> name}}` takes in another template, `{{t.name}}` the message "page.name".
/// Errors: `broken`, naming the template, when one is missing or malformed, or names a message that there is not.
Result<std::unique_ptr<HtmlRenderer>> load_mustache_renderer(const std::string& folder, const MessageCatalog& messages);

}  // namespace scheduling
