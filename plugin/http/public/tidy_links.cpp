#include "plugin/http/public/tidy_links.hpp"

#include <algorithm>

#include "plugin/http/private_response.hpp"

namespace scheduling {
namespace {

using crm::sdk::Request;
using crm::sdk::Response;

bool is_slug_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// The query stays as it was sent.
Response moved_to(std::string path, const Request& request) {
  const std::size_t question = request.target.find('?');
  if (question != std::string_view::npos) path += request.target.substr(question);
  Response response = Response::see_other(std::move(path));
  response.status = 308;
  return response;
}

}  // namespace

std::string tidy_slug(std::string_view slug) {
  std::string tidy(slug);
  for (char& c : tidy)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  while (!tidy.empty() && !is_slug_character(tidy.back())) tidy.pop_back();
  return tidy;
}

std::string_view tidy_token(std::string_view token) {
  return token.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(token, is_token_character) - token.begin()));
}

Response moved_for_good(const std::string& path, const Request& request) {
  Response response = moved_to(path, request);
  // A former slug may be given to another page one day.
  response.headers.push_back({"Cache-Control", "no-cache"});
  return response;
}

std::optional<Response> to_tidy_token(const Request& request) {
  const std::string_view sent = request.param("token");
  const std::string_view tidy = tidy_token(sent);
  const std::size_t place = request.path.find("/" + std::string(sent));
  if (tidy.size() == sent.size() || tidy.empty() || place == std::string_view::npos) return std::nullopt;
  std::string path(request.path);
  path.replace(place + 1, sent.size(), tidy);
  return secret(moved_to(std::move(path), request));
}

std::string path_of(const SchedulingPage& page) {
  return "/schedule/" + page.content.slug.text();
}

std::string path_of(const SchedulingService::PublicType& found) {
  return path_of(found.page) + "/" + found.type.content.slug.text();
}

/// Where the type is found today, when it was asked for in another way: in capitals, under a former slug.
std::optional<Response> moved_type(const SchedulingService::PublicType& found, const Request& request,
                                   const std::string& rest) {
  const bool is_exact = found.page.content.slug.text() == request.param("slug") &&
                        found.type.content.slug.text() == request.param("meetingType");
  return is_exact ? std::nullopt : std::optional(moved_for_good(path_of(found) + rest, request));
}

}  // namespace scheduling
