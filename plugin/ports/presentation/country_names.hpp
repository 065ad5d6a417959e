#pragma once
/// Countries as people know them, for lists to choose from.
#include <string>
#include <string_view>
#include <vector>

namespace scheduling {

struct Country {
  std::string code;  ///< ISO 3166-1 alpha-2
  std::string name;
};

class CountryNames {
 public:
  virtual ~CountryNames() = default;
  /// All of them by name, in the order of the language. Thread: any.
  virtual std::vector<Country> countries(std::string_view locale) const = 0;
};

}  // namespace scheduling
