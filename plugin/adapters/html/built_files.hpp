#pragma once
/// Reads what the build of web-assets/ says about its files.
#include <string>
#include <string_view>

#include "plugin/core/result.hpp"
#include "plugin/ports/presentation/built_entry.hpp"

namespace scheduling {

/// `folder` holds assets/built/manifest.json, as Vite writes it; `source`: "src/settings/main.ts".
/// Errors: `broken`, naming the file, when it is missing or does not know the source.
Result<BuiltEntry> load_built_entry(const std::string& folder, std::string_view source);

}  // namespace scheduling
