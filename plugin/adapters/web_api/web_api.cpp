#include "plugin/adapters/web_api/web_api.hpp"

#include <Poco/JSON/Parser.h>
#include <Poco/URI.h>

#include <algorithm>
#include <sstream>

namespace scheduling::web_api {
namespace {

using Poco::JSON::Array;
using Poco::JSON::Object;

constexpr std::int64_t k_lifetime_usual = 3600;

ProviderTrouble trouble_of(int status, Asked asked) {
  switch (status) {
    case 401: return ProviderTrouble::token_refused;
    case 404: return ProviderTrouble::not_found;
    case 409: return ProviderTrouble::already_exists;
    case 410: return asked == Asked::reading ? ProviderTrouble::place_unknown : ProviderTrouble::not_found;
    case 412: return ProviderTrouble::changed;
    case 429: return ProviderTrouble::rate_limited;
    default: break;
  }
  if (status < 500) return ProviderTrouble::refused;
  return asked == Asked::writing ? ProviderTrouble::unknown : ProviderTrouble::unavailable;
}

/// `error` of RFC 6749, section 5.2; its description is for people and never read.
std::string oauth_error(const std::string& json) {
  const auto object = object_of(json);
  return object ? text_in(*object, "error") : std::string();
}

std::optional<TokenAnswer> read_tokens(const std::string& json) {
  const auto object = object_of(json);
  if (!object) return std::nullopt;
  TokenAnswer answer;
  answer.tokens.access = text_in(*object, "access_token");
  if (answer.tokens.access.empty()) return std::nullopt;
  if (object->has("refresh_token")) answer.tokens.refresh = text_in(*object, "refresh_token");
  const auto lifetime = object->get("expires_in");
  answer.tokens.lifetime =
      std::chrono::seconds{lifetime.isInteger() ? lifetime.convert<std::int64_t>() : k_lifetime_usual};
  if (object->has("scope")) answer.scope = text_in(*object, "scope");
  return answer;
}

}  // namespace

std::string encoded(std::string_view text) {
  std::string out;
  Poco::URI::encode(std::string(text), "!#$&'()*+,/:;=?@[]", out);
  return out;
}

Form& Form::add(std::string_view name, std::string_view value) {
  if (!text_.empty()) text_ += '&';
  text_ += encoded(name) + '=' + encoded(value);
  return *this;
}

std::string Form::behind(std::string address) const {
  address += address.find('?') == std::string::npos ? '?' : '&';
  return address + text_;
}

Form code_form(std::string_view code, std::string_view verifier, std::string_view redirect_uri) {
  Form form;
  form.add("grant_type", "authorization_code")
      .add("code", code)
      .add("code_verifier", verifier)
      .add("redirect_uri", redirect_uri);
  return form;
}

Object::Ptr object_of(const std::string& json) {
  try {
    Poco::JSON::Parser parser;
    parser.setDepth(32);
    return parser.parse(json).extract<Object::Ptr>();
  } catch (const std::exception&) {
    return {};
  }
}

std::string text_in(const Object& object, const std::string& name) {
  const auto value = object.get(name);
  return value.isString() ? value.convert<std::string>() : std::string();
}

bool flag_in(const Object& object, const std::string& name) {
  const auto value = object.get(name);
  return value.isBoolean() && value.convert<bool>();
}

Object::Ptr object_in(const Object& object, const std::string& name) {
  return object.isObject(name) ? object.getObject(name) : Object::Ptr{};
}

Array::Ptr array_in(const Object& object, const std::string& name) {
  return object.isArray(name) ? object.getArray(name) : Array::Ptr{};
}

Object::Ptr object_at(const Array& array, unsigned index) {
  return array.isObject(index) ? array.getObject(index) : Object::Ptr{};
}

std::string text_of(const Object& object) {
  std::ostringstream out;
  object.stringify(out);
  return out.str();
}

bool is_good(const HttpAnswer& answer) {
  return answer.fate == HttpAnswer::Fate::answered && answer.status >= 200 && answer.status < 300;
}

ProviderError error_of(const HttpAnswer& answer, Asked asked, std::string_view reason) {
  if (answer.fate != HttpAnswer::Fate::answered) {
    const bool is_lost = answer.fate == HttpAnswer::Fate::lost && asked == Asked::writing;
    return {is_lost ? ProviderTrouble::unknown : ProviderTrouble::unavailable, answer.trouble, {}};
  }
  return {trouble_of(answer.status, asked), std::to_string(answer.status) + " " + std::string(reason),
          answer.retry_after};
}

ProviderError unreadable(Asked asked) {
  return {asked == Asked::writing ? ProviderTrouble::unknown : ProviderTrouble::unavailable,
          "the answer cannot be read",
          {}};
}

HttpCall bearer_call(std::string method, std::string_view access, std::string url) {
  HttpCall call;
  call.method = std::move(method);
  call.url = std::move(url);
  call.headers = {{"Authorization", "Bearer " + std::string(access)}, {"Accept", "application/json"}};
  return call;
}

void set_json(HttpCall& call, std::string body) {
  call.headers.emplace_back("Content-Type", "application/json");
  call.body = std::move(body);
}

Told<TokenAnswer> ask_for_tokens(HttpClient& http, const std::string& url, const Form& form,
                                 std::initializer_list<std::pair<std::string, std::string>> headers) {
  HttpCall call;
  call.method = "POST";
  call.url = url;
  call.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  call.headers.insert(call.headers.end(), headers);
  call.body = form.text();
  const HttpAnswer answer = http.send(call);
  if (!is_good(answer)) {
    const std::string reason = oauth_error(answer.body);
    ProviderError error = error_of(answer, Asked::event, reason);
    const bool is_gone = reason == "invalid_grant" || reason == "interaction_required";
    if (answer.status == 400 && is_gone) error.trouble = ProviderTrouble::consent_gone;
    if (error.trouble == ProviderTrouble::token_refused) error.trouble = ProviderTrouble::refused;
    return error;
  }
  auto tokens = read_tokens(answer.body);
  if (!tokens) return unreadable(Asked::reading);
  return std::move(*tokens);
}

bool grants(std::string_view granted, std::initializer_list<std::string_view> any_of) {
  const std::string list = " " + std::string(granted) + " ";
  return std::ranges::any_of(
      any_of, [&](std::string_view scope) { return list.find(" " + std::string(scope) + " ") != std::string::npos; });
}

}  // namespace scheduling::web_api
