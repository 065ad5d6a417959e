#pragma once
/// Decodes a chunked request body piece by piece. Extensions and trailers are read and dropped.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace crm::app {

class ChunkedBody {
 public:
  enum class State : std::uint8_t { more, complete, malformed, too_large };

  /// `bytes_max`: of the decoded body.
  ChunkedBody(std::string& body, std::size_t bytes_max) : body_(body), bytes_max_(bytes_max) {}

  /// Takes what it needs off `input`; after `complete` the rest belongs to the next request.
  State feed(std::string_view& input);

 private:
  enum class Part : std::uint8_t { size_line, data, data_end, trailer };
  /// True when `line_` holds a complete line, without CRLF.
  bool take_line(std::string_view& input);
  State take_size();
  State take_data(std::string_view& input);

  std::string& body_;
  std::size_t bytes_max_;
  Part part_ = Part::size_line;
  std::string line_;
  std::size_t left_ = 0;
  std::size_t trailer_bytes_ = 0;
  bool is_broken_ = false;
};

}  // namespace crm::app
