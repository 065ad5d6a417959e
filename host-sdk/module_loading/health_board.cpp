#include "module_loading/health_board.hpp"

namespace crm::app {
namespace {

/// At most the bound, and never half a character.
std::string cut(std::string text) {
  if (text.size() <= sdk::k_health_text_max) return text;
  std::size_t end = sdk::k_health_text_max;
  const auto continues = [&] { return (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80; };
  while (end > 0 && continues()) --end;
  text.resize(end);
  return text + "…";
}

void ask_one(const sdk::HealthSource& source, std::vector<HealthLine>& lines) {
  try {
    std::vector<sdk::HealthNote> notes = source.ask();
    if (notes.size() > sdk::k_health_notes_max) notes.resize(sdk::k_health_notes_max);
    for (sdk::HealthNote& note : notes) {
      const bool is_path = note.url.starts_with('/') && !note.url.starts_with("//");
      lines.push_back({source.name, note.level, cut(std::move(note.text)), is_path ? std::move(note.url) : ""});
    }
  } catch (...) {
    lines.push_back({source.name, sdk::HealthLevel::error, "The module could not say how things stand."});
  }
}

}  // namespace

std::vector<HealthLine> HealthBoard::ask() noexcept {
  const std::lock_guard lock(mutex_);
  std::vector<HealthLine> lines;
  for (const sdk::HealthSource& source : sources_) ask_one(source, lines);
  return lines;
}

void HealthBoard::close() noexcept {
  const std::lock_guard lock(mutex_);
  sources_.clear();
}

}  // namespace crm::app
