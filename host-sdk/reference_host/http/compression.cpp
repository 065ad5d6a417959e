#include "reference_host/http/compression.hpp"

#include <zlib.h>

#include <algorithm>
#include <optional>
#include <string>

#include "reference_host/http/content_coding.hpp"
#include "reference_host/http/request_head.hpp"

namespace crm::app {
namespace {

/// A month of slots is a tenth of its size with the fastest level, and it is the most frequent answer.
constexpr int k_level = 1;
constexpr int k_window_bits_of_gzip = 15 + 16;
constexpr int k_memory_level = 8;

/// zlib's state, made once a thread: making it costs as much as compressing a small answer.
class Deflater {
 public:
  Deflater() {
    is_ready_ =
        deflateInit2(&stream_, k_level, Z_DEFLATED, k_window_bits_of_gzip, k_memory_level, Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~Deflater() {
    if (is_ready_) deflateEnd(&stream_);
  }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  /// Empty: zlib has no memory, or the body is too large for it.
  std::optional<std::string> gzip(std::string& body) {
    if (!is_ready_ || deflateReset(&stream_) != Z_OK || body.size() > k_bytes_max) return std::nullopt;
    std::string out(deflateBound(&stream_, static_cast<uLong>(body.size())), '\0');
    stream_.next_in = reinterpret_cast<Bytef*>(body.data());
    stream_.avail_in = static_cast<uInt>(body.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) return std::nullopt;
    out.resize(out.size() - stream_.avail_out);
    // The bound is larger than the body, and the answer may wait long for a slow reader.
    out.shrink_to_fit();
    return out;
  }

 private:
  static constexpr std::size_t k_bytes_max = 1U << 30U;
  z_stream stream_{};
  bool is_ready_ = false;
};

bool is_text(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  return type.starts_with("text/") || type.ends_with("/json") || type.ends_with("+json") || type.ends_with("+xml") ||
         type.ends_with("/xml");
}

bool has_header(const sdk::Response& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const sdk::Header& header) { return equals_ignoring_case(header.name, name); });
}

void weaken_tag(sdk::Response& response) {
  for (sdk::Header& header : response.headers)
    if (equals_ignoring_case(header.name, "ETag") && header.value.starts_with('"')) header.value.insert(0, "W/");
}

}  // namespace

void compress(const sdk::Request& request, sdk::Response& response) {
  if (!response.may_compress || has_header(response, "Set-Cookie") || has_header(response, "Content-Encoding")) return;
  vary_by_coding(response);
  if (response.status == 204 || response.status == 304 || !is_text(response.content_type)) return;
  if (choose_coding(request, {"gzip"}) == k_identity) return;
  const bool must = refuses_identity(request);
  if (response.body.size() < k_compressed_bytes_min && !must) return;
  thread_local Deflater deflater;
  auto smaller = deflater.gzip(response.body);
  if (!smaller || (smaller->size() >= response.body.size() && !must)) return;
  response.body = std::move(*smaller);
  response.headers.push_back({"Content-Encoding", "gzip"});
  weaken_tag(response);
}

}  // namespace crm::app
