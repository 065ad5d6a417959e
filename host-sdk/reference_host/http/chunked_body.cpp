#include "reference_host/http/chunked_body.hpp"

#include <algorithm>
#include <charconv>

namespace crm::app {
namespace {
constexpr std::size_t k_line_bytes_max = 256;
constexpr std::size_t k_trailer_bytes_max = 4096;
}  // namespace

bool ChunkedBody::take_line(std::string_view& input) {
  while (!input.empty()) {
    const char c = input.front();
    input.remove_prefix(1);
    line_ += c;
    if (c == '\n') {
      is_broken_ = line_.size() < 2 || line_[line_.size() - 2] != '\r';
      line_.resize(line_.size() - std::min<std::size_t>(2, line_.size()));
      is_broken_ = is_broken_ || line_.find('\r') != std::string::npos;
      return true;
    }
    if (line_.size() > k_line_bytes_max) is_broken_ = true;
    if (is_broken_) return true;
  }
  return false;
}

ChunkedBody::State ChunkedBody::take_size() {
  const std::string_view digits = std::string_view(line_).substr(0, line_.find(';'));
  const bool is_clean = std::all_of(line_.begin(), line_.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
  std::uint32_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
  if (!is_clean || digits.empty() || digits.size() > 8 || error != std::errc{} || end != digits.data() + digits.size())
    return State::malformed;
  if (size > bytes_max_ - body_.size()) return State::too_large;
  left_ = size;
  part_ = size == 0 ? Part::trailer : Part::data;
  line_.clear();
  return State::more;
}

ChunkedBody::State ChunkedBody::take_data(std::string_view& input) {
  const std::size_t count = std::min(left_, input.size());
  body_.append(input.substr(0, count));
  input.remove_prefix(count);
  left_ -= count;
  if (left_ == 0) part_ = Part::data_end;
  return State::more;
}

ChunkedBody::State ChunkedBody::feed(std::string_view& input) {
  while (!input.empty()) {
    if (part_ == Part::data) {
      take_data(input);
      continue;
    }
    if (!take_line(input)) return State::more;
    if (is_broken_) return State::malformed;
    if (part_ == Part::size_line) {
      if (const State state = take_size(); state != State::more) return state;
    } else if (part_ == Part::data_end) {
      if (!line_.empty()) return State::malformed;
      part_ = Part::size_line;
    } else {
      if (line_.empty()) return State::complete;
      trailer_bytes_ += line_.size();
      if (trailer_bytes_ > k_trailer_bytes_max) return State::malformed;
      line_.clear();
    }
  }
  return State::more;
}

}  // namespace crm::app
