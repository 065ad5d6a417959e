#pragma once
/// A module's static files as routes, one for each file: what is not a file below the folder when the
/// module is switched on has no address, so no path can climb out of it.
///
/// Caching: the ETag is the content's hash; with `?v=` and that hash an answer never changes and says so. So does a
/// file
///          below a folder "built" whose name ends with a hash, as Vite writes it: "built/settings-DiwrgTda.js".
/// Coding:  "x.js.br" and "x.js.gz" beside "x.js" have no address of their own: they are what is sent for "x.js" to
///          clients that take them. A file without them is compressed when it is sent, if it is text.
/// Memory:  files, their compressed siblings too, are held in memory; k_file_bytes_max and k_folder_bytes_max bound it.
#include <string>
#include <vector>

#include "crm/sdk/http.hpp"
#include "crm/sdk/module.hpp"
#include "crm/sdk/outcome.hpp"

namespace crm::app {

/// `invalid` names a file that is too large or whose name cannot stand in an address.
sdk::Outcome<std::vector<sdk::Route>> asset_routes(const std::string& module_folder, const sdk::AssetFolder& assets);

}  // namespace crm::app
