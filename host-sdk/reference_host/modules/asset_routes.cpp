#include "reference_host/modules/asset_routes.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include "reference_host/http/content_coding.hpp"

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

/// The same file, compressed when it was built: "x.js.br" beside "x.js".
struct Sibling {
  std::string_view ending;
  std::string_view coding;
};
constexpr Sibling k_brotli{".br", "br"};
constexpr Sibling k_gzip{".gz", "gzip"};

struct Asset {
  std::string content_type;
  std::string body;
  std::string hash;
  std::map<std::string_view, std::string> compressed;  ///< by coding
  bool is_named_by_hash = false;
};

using Files = std::map<std::string, fs::path>;  ///< by name below the folder

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

/// "built/settings-DiwrgTda.js": what Vite writes below "built/" with a hash of eight characters or more changes its
/// name with its content. A word of small letters alone is taken for a word.
bool is_named_by_hash(const std::string& name) {
  if (!name.starts_with("built/") && name.find("/built/") == std::string::npos) return false;
  const std::string stem = fs::path(name).stem().string();
  constexpr std::size_t length = 8;
  if (stem.size() < length + 2 || stem[stem.size() - length - 1] != '-') return false;
  const std::string_view hash = std::string_view(stem).substr(stem.size() - length);
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_of_hash = [&](char c) {
    return is_letter(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return std::all_of(hash.begin(), hash.end(), is_of_hash) && !std::all_of(hash.begin(), hash.end(), is_letter);
}

std::string_view coding_for(const Asset& asset, const sdk::Request& request) {
  const bool has_brotli = asset.compressed.contains(k_brotli.coding);
  const bool has_gzip = asset.compressed.contains(k_gzip.coding);
  if (has_brotli && has_gzip) return choose_coding(request, {k_brotli.coding, k_gzip.coding});
  if (has_brotli) return choose_coding(request, {k_brotli.coding});
  return has_gzip ? choose_coding(request, {k_gzip.coding}) : k_identity;
}

sdk::Response serve(const Asset& asset, const sdk::Request& request) {
  const bool is_pinned = asset.is_named_by_hash || request.query_value("v") == std::string_view(asset.hash);
  const std::string_view coding = coding_for(asset, request);
  std::string tag = '"' + asset.hash;
  if (coding != k_identity) tag.append("-").append(coding);
  tag += '"';
  sdk::Response response;
  response.headers = {{"ETag", tag},
                      {"Cache-Control", is_pinned ? "public, max-age=31536000, immutable" : "public, no-cache"}};
  // Without siblings the server compresses by itself.
  response.may_compress = asset.compressed.empty();
  if (!asset.compressed.empty()) vary_by_coding(response);
  const auto known = request.header("If-None-Match");
  if (known && (*known == "*" || known->find(tag) != std::string_view::npos)) {
    response.status = 304;
    response.content_type.clear();
    return response;
  }
  response.content_type = asset.content_type;
  response.body = coding == k_identity ? asset.body : asset.compressed.at(coding);
  if (coding != k_identity) response.headers.push_back({"Content-Encoding", std::string(coding)});
  return response;
}

std::string read_whole(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  return std::move(content).str();
}

bool is_sibling(const Files& files, const std::string& name) {
  return std::ranges::any_of(std::array{k_brotli, k_gzip}, [&](const Sibling& one) {
    return name.ends_with(one.ending) && files.contains(name.substr(0, name.size() - one.ending.size()));
  });
}

sdk::Route asset_route(const std::string& url, const std::string& name, const Files& files) {
  const fs::path& file = files.at(name);
  auto asset = std::make_shared<Asset>();
  asset->content_type = content_type_of(file.extension().string());
  asset->body = read_whole(file);
  asset->hash = short_hash(asset->body);
  asset->is_named_by_hash = is_named_by_hash(name);
  for (const Sibling& one : {k_brotli, k_gzip})
    if (const auto found = files.find(name + std::string(one.ending)); found != files.end())
      asset->compressed.emplace(one.coding, read_whole(found->second));
  return {sdk::Method::get, url, sdk::Access::open, sdk::RateClass::none,
          [asset](const sdk::Request& request) { return serve(*asset, request); }};
}

}  // namespace

sdk::Outcome<std::vector<sdk::Route>> asset_routes(const std::string& module_folder, const sdk::AssetFolder& assets) {
  try {
    Files files;
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
      files.emplace(name, entry.path());
    }
    std::vector<sdk::Route> routes;
    for (const auto& [name, file] : files)
      if (!is_sibling(files, name)) routes.push_back(asset_route(assets.url_prefix + "/" + name, name, files));
    return routes;
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::invalid, "assets: " + std::string(error.what()));
  }
}

}  // namespace crm::app
