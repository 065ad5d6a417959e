#pragma once
/// HtmlRenderer over mustache templates that are read and compiled once, when the module loads.
#include <memory>
#include <string>

#include "plugin/core/result.hpp"
#include "plugin/ports/presentation/html_renderer.hpp"

namespace scheduling {

/// `folder` holds templates/*.mustache and texts/en.txt. `{{> name}}` takes in another template.
/// Errors: `broken`, naming the file, when one is missing or malformed.
Result<std::unique_ptr<HtmlRenderer>> load_mustache_renderer(const std::string& folder);

}  // namespace scheduling
