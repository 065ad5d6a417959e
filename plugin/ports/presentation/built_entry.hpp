#pragma once
/// Scripts and stylesheets that the build made of one page's sources, under the addresses browsers load them from.
#include <string>
#include <vector>

namespace scheduling {

struct BuiltEntry {
  std::string script;                    ///< "/schedule/assets/built/settings-CmqiC6Rw.js", a module
  std::vector<std::string> stylesheets;  ///< in the order in which they must stand
};

}  // namespace scheduling
