#include "reference_host/modules/asset_routes.hpp"

#include <openssl/evp.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

namespace crm::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t k_file_bytes_max = 4 * 1024 * 1024;
constexpr std::uintmax_t k_folder_bytes_max = 16 * 1024 * 1024;

std::string_view content_type_of(std::string_view extension) {
  constexpr std::pair<std::string_view, std::string_view> types[] = {
      {".html", "text/html; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".json", "application/json; charset=utf-8"},
      {".map", "application/json; charset=utf-8"},
      {".txt", "text/plain; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".ics", "text/calendar; charset=utf-8"},
  };
  for (const auto& [known, type] : types)
    if (known == extension) return type;
  return "application/octet-stream";
}

struct Asset {
  std::string content_type;
  std::string body;
  std::string hash;
};

std::string short_hash(const std::string& bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr);
  constexpr char hex[] = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < 10 && i < length; ++i) {
    text += hex[digest[i] >> 4U];
    text += hex[digest[i] & 15U];
  }
  return text;
}

sdk::Response serve(const Asset& asset, const sdk::Request& request) {
  const bool is_pinned = request.query_value("v") == std::string_view(asset.hash);
  const std::string tag = '"' + asset.hash + '"';
  sdk::Response response;
  response.headers = {{"ETag", tag},
                      {"Cache-Control", is_pinned ? "public, max-age=31536000, immutable" : "public, no-cache"}};
  const auto known = request.header("If-None-Match");
  if (known && (*known == "*" || known->find(tag) != std::string_view::npos)) {
    response.status = 304;
    response.content_type.clear();
    return response;
  }
  response.content_type = asset.content_type;
  response.body = asset.body;
  return response;
}

sdk::Route asset_route(const std::string& url, const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  auto asset = std::make_shared<Asset>();
  asset->content_type = content_type_of(file.extension().string());
  asset->body = content.str();
  asset->hash = short_hash(asset->body);
  return {sdk::Method::get, url, sdk::Access::open, sdk::RateClass::none,
          [asset](const sdk::Request& request) { return serve(*asset, request); }};
}

}  // namespace

sdk::Outcome<std::vector<sdk::Route>> asset_routes(const std::string& module_folder, const sdk::AssetFolder& assets) {
  try {
    std::vector<sdk::Route> routes;
    const fs::path root = fs::path(module_folder) / assets.folder;
    std::uintmax_t total = 0;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
      // A link may lead out of the folder.
      if (entry.is_symlink() || !entry.is_regular_file()) continue;
      const std::uintmax_t bytes = entry.file_size();
      total += bytes;
      const std::string name = entry.path().lexically_relative(root).generic_string();
      if (bytes > k_file_bytes_max || total > k_folder_bytes_max)
        return sdk::fail(sdk::FailureKind::invalid, "the asset " + name + " is too large");
      routes.push_back(asset_route(assets.url_prefix + "/" + name, entry.path()));
    }
    return routes;
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::invalid, "assets: " + std::string(error.what()));
  }
}

}  // namespace crm::app
