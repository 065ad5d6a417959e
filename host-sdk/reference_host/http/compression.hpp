#pragma once
/// Sends answers with fewer bytes, where the handler said that it may be done (Response::may_compress).
///
/// Who can read lengths on the wire and put words of their own into an answer can guess what else stands in it when it
/// is compressed (BREACH). Only the handler knows what stands in it, so nothing is compressed without its word; an
/// answer that sets a cookie never is.
/// Thread: any. Memory: about 270 KB for each thread that has compressed once.
#include "crm/sdk/http.hpp"

namespace crm::app {

/// A shorter body would not be sent any sooner: it fits in the first packet as it is.
inline constexpr std::size_t k_compressed_bytes_min = 1024;

/// Compresses the body with gzip when `response` may be compressed, is text that is worth it, and the client takes it.
/// Says `Vary: Accept-Encoding` whenever it depends on the client. A strong ETag becomes a weak one: the bytes differ.
void compress(const sdk::Request& request, sdk::Response& response);

}  // namespace crm::app
