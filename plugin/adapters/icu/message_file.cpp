#include "plugin/adapters/icu/message_file.hpp"

#include <fstream>
#include <set>
#include <sstream>
#include <string_view>

#include "plugin/core/text/plain_text.hpp"

namespace scheduling {
namespace {

constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";

bool is_key(std::string_view text) {
  return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string_view::npos;
}

class MessageFileReader {
 public:
  explicit MessageFileReader(std::string name) { file_.name = std::move(name); }

  void take(std::string_view line) {
    ++number_;
    const std::string_view text = trimmed(line);
    if (text.starts_with('#')) {
      remark_ += std::string(trimmed(text.substr(1))) + '\n';
      return;
    }
    if (!text.empty()) take_message(text);
    remark_.clear();
  }

  MessageFile taken() && { return std::move(file_); }
  void object(const std::string& what) { file_.offences.push_back(place() + what); }

 private:
  std::string place() const {
    return number_ == 0 ? file_.name + ": " : file_.name + ":" + std::to_string(number_) + ": ";
  }

  void take_message(std::string_view text) {
    const auto equals = text.find('=');
    const std::string_view key = trimmed(text.substr(0, equals));
    const std::string_view pattern = equals == std::string_view::npos ? "" : trimmed(text.substr(equals + 1));
    if (equals == std::string_view::npos || !is_key(key)) return object("a line reads: key = text");
    if (!is_plain(text, Lines::one)) return object(std::string(key) + ": is not UTF-8, or has invisible characters");
    if (pattern.empty()) return object(std::string(key) + ": has no text");
    if (!seen_.emplace(key).second) return object(std::string(key) + ": stands here a second time");
    file_.messages.push_back({number_, std::string(key), std::string(pattern), remark_});
  }

  MessageFile file_;
  std::size_t number_ = 0;
  std::string remark_;
  std::set<std::string, std::less<>> seen_;
};

}  // namespace

MessageFile read_message_file(const std::filesystem::path& path) {
  MessageFileReader reader((path.parent_path().filename() / path.filename()).string());
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    reader.object("cannot be read");
    return std::move(reader).taken();
  }
  std::ostringstream whole;
  whole << in.rdbuf();
  const std::string text = std::move(whole).str();
  std::string_view rest = text;
  if (rest.starts_with(k_byte_order_mark)) rest.remove_prefix(k_byte_order_mark.size());
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    reader.take(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return std::move(reader).taken();
}

}  // namespace scheduling
