#include "plugin/adapters/html/mustache_renderer.hpp"

#include <filesystem>
#include <fstream>
#include <kainjow/mustache.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <sstream>
#include <vector>

namespace scheduling {
namespace {

namespace fs = std::filesystem;
namespace mustache = kainjow::mustache;

using Texts = std::map<std::string, std::string, std::less<>>;

Error broken(std::string detail) {
  return make_error(Code::broken, std::move(detail));
}

std::optional<std::string> read_whole(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

/// Kainjow would parse an included template anew on every rendering, so includes are written out here.
Result<std::string> write_out(const Texts& sources, const std::string& name, int depth = 0) {
  const auto found = sources.find(name);
  if (found == sources.end() || depth > 8) return fail(broken("template '" + name + "' is missing"));
  std::string out;
  std::string_view rest = found->second;
  for (;;) {
    const std::size_t at = rest.find("{{> ");
    if (at == std::string_view::npos) break;
    const std::size_t end = rest.find("}}", at);
    if (end == std::string_view::npos) return fail(broken("template '" + name + "': unclosed include"));
    out += rest.substr(0, at);
    auto part = write_out(sources, std::string(rest.substr(at + 4, end - at - 4)), depth + 1);
    if (!part) return part;
    out += *part;
    rest.remove_prefix(end + 2);
  }
  return out.append(rest);
}

constexpr std::string_view k_word_mark = "{{t.";

/// The first `{{t.name}}` of `source` without a message.
std::optional<std::string> unknown_word(std::string_view source, const Texts& words) {
  for (std::size_t at = source.find(k_word_mark); at != std::string_view::npos; at = source.find(k_word_mark, at)) {
    at += k_word_mark.size();
    const std::string name(source.substr(at, source.find('}', at) - at));
    if (!words.contains(name)) return name;
  }
  return std::nullopt;
}

mustache::data to_data(const View& view);

mustache::data to_data(const View::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value))
    return text->empty() ? mustache::data(mustache::data::type::bool_false) : mustache::data(*text);
  if (const auto* flag = std::get_if<bool>(&value)) return mustache::data(*flag);
  mustache::data list(mustache::data::type::list);
  for (const View& item : std::get<View::List>(value)) list.push_back(to_data(item));
  return list;
}

mustache::data to_data(const View& view) {
  mustache::data object(mustache::data::type::object);
  for (const auto& [name, value] : view.values()) object.set(name, to_data(value));
  return object;
}

/// Compiled copies of one template. Rendering is not const in kainjow, so each thread borrows a copy.
class Template {
 public:
  explicit Template(std::string source) : source_(std::move(source)) {}

  std::string error() {
    mustache::mustache compiled(source_);
    return compiled.is_valid() ? std::string() : compiled.error_message();
  }

  std::string render(const mustache::data& data) {
    std::unique_ptr<mustache::mustache> copy = borrow();
    std::string out = copy->render(data);
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(copy));
    return out;
  }

 private:
  std::unique_ptr<mustache::mustache> borrow() {
    {
      const std::scoped_lock lock(mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<mustache::mustache> copy = std::move(idle_.back());
        idle_.pop_back();
        return copy;
      }
    }
    return std::make_unique<mustache::mustache>(source_);
  }

  std::string source_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<mustache::mustache>> idle_;
};

using Templates = std::map<std::string, std::unique_ptr<Template>, std::less<>>;

class MustacheRenderer final : public HtmlRenderer {
 public:
  MustacheRenderer(Templates templates, const MessageCatalog& messages) : templates_(std::move(templates)) {
    for (const std::string& language : messages.languages()) {
      View words;
      for (const auto& [name, text] : messages.patterns(k_words_prefix, language)) words.text(name, text);
      words_.emplace(language, to_data(words));
    }
  }

  std::string render(std::string_view page, const View& view, std::string_view language) const override {
    const auto found = templates_.find(page);
    if (found == templates_.end()) return {};
    mustache::data data = to_data(view);
    if (const auto words = words_.find(language); words != words_.end()) data.set("t", words->second);
    return found->second->render(data);
  }

  static constexpr std::string_view k_words_prefix = "page.";

 private:
  Templates templates_;
  std::map<std::string, mustache::data, std::less<>> words_;
};

}  // namespace

Result<std::unique_ptr<HtmlRenderer>> load_mustache_renderer(const std::string& folder,
                                                             const MessageCatalog& messages) {
  Texts sources;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(fs::path(folder) / "templates", failed))
    if (entry.path().extension() == ".mustache")
      if (auto text = read_whole(entry.path())) sources.emplace(entry.path().stem().string(), std::move(*text));
  if (failed || sources.empty()) return fail(broken("no templates in " + folder + "/templates"));
  Texts words;
  for (auto& [name, text] : messages.patterns(MustacheRenderer::k_words_prefix, "en")) words.emplace(name, text);

  Templates templates;
  for (const auto& [name, source] : sources) {
    if (const auto word = unknown_word(source, words))
      return fail(broken("template '" + name + "': there is no text page." + *word));
    auto whole = write_out(sources, name);
    if (!whole) return fail(whole.error());
    auto made = std::make_unique<Template>(std::move(*whole));
    // Parts such as `top` open what others close; they are compiled where they are taken in.
    if (const std::string error = made->error(); !error.empty())
      return fail(broken("template '" + name + "': " + error));
    templates.emplace(name, std::move(made));
  }
  return std::make_unique<MustacheRenderer>(std::move(templates), messages);
}

}  // namespace scheduling
