#pragma once
/// How handlers turn what a reader shall see into HTML.
///
/// A View is data only: texts, switches, lists. Escaping, templates and words belong to the renderer.
/// Thread: a HtmlRenderer may be used from any thread.
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace scheduling {

/// What one template shows. An empty text and `false` both hide their section.
class View {
 public:
  using List = std::vector<View>;
  using Value = std::variant<std::string, bool, List>;

  View& text(std::string name, std::string value) { return put(std::move(name), std::move(value)); }
  View& flag(std::string name, bool value) { return put(std::move(name), value); }
  View& list(std::string name, List value) { return put(std::move(name), std::move(value)); }
  /// One nested view, shown when it is there.
  View& part(std::string name, View value) {
    List one;
    one.push_back(std::move(value));
    return put(std::move(name), std::move(one));
  }
  /// Takes over every value of `other`.
  View& merge(const View& other) {
    for (const auto& [name, value] : other.values_) values_.insert_or_assign(name, value);
    return *this;
  }
  const std::map<std::string, Value, std::less<>>& values() const { return values_; }

 private:
  View& put(std::string name, Value value) {
    values_.insert_or_assign(std::move(name), std::move(value));
    return *this;
  }
  std::map<std::string, Value, std::less<>> values_;
};

class HtmlRenderer {
 public:
  virtual ~HtmlRenderer() = default;
  /// `page`: a template's name, "type". Every text is escaped; only a template may ask for raw text. `language`: one of
  /// MessageCatalog::languages(), in which the template's own words are.
  virtual std::string render(std::string_view page, const View& view, std::string_view language) const = 0;
};

}  // namespace scheduling
