#pragma once
/// What the web APIs of providers have in common: forms, JSON that may be anything, OAuth's tokens, and what a status
/// means. Each adapter adds what is its provider's own.
///
/// Thread: any. Nothing here throws; what cannot be read is empty.
#include <Poco/JSON/Object.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "plugin/ports/calendar/calendar_provider.hpp"
#include "plugin/ports/calendar/http_client.hpp"

namespace scheduling::web_api {

/// Percent-encoded as a part of a path or of a query.
std::string encoded(std::string_view text);

/// A query, or a body of application/x-www-form-urlencoded.
class Form {
 public:
  Form& add(std::string_view name, std::string_view value);
  const std::string& text() const { return text_; }
  /// `address` with the form as its query, behind the one that it may have.
  std::string behind(std::string address) const;

 private:
  std::string text_;
};

/// What a token address is told to change a code for tokens (RFC 6749, RFC 7636).
Form code_form(std::string_view code, std::string_view verifier, std::string_view redirect_uri);

/// Null for what is no JSON object.
Poco::JSON::Object::Ptr object_of(const std::string& json);
std::string text_in(const Poco::JSON::Object& object, const std::string& name);
bool flag_in(const Poco::JSON::Object& object, const std::string& name);
Poco::JSON::Object::Ptr object_in(const Poco::JSON::Object& object, const std::string& name);
Poco::JSON::Array::Ptr array_in(const Poco::JSON::Object& object, const std::string& name);
Poco::JSON::Object::Ptr object_at(const Poco::JSON::Array& array, unsigned index);
std::string text_of(const Poco::JSON::Object& object);

/// What was asked for: after a write that was lost nobody knows whether it was done, and 410 means another thing for a
/// list than for one event.
enum class Asked { reading, event, writing };

bool is_good(const HttpAnswer& answer);
/// Of an answer that is not good, by its status alone; `detail` says what the provider called it.
ProviderError error_of(const HttpAnswer& answer, Asked asked, std::string_view reason);
/// What says 200 and is not what was asked for: a proxy, or half an answer.
ProviderError unreadable(Asked asked);

/// A call that carries an access token and asks for JSON.
HttpCall bearer_call(std::string method, std::string_view access, std::string url);
void set_json(HttpCall& call, std::string body);

struct TokenAnswer {
  ProviderTokens tokens{};
  std::optional<std::string> scope{};
};
/// Posts the form to the token address. `consent_gone` when the grant is dead; a client that the provider does not know
/// is `refused`: the administrator's settings are wrong, and nobody's consent is gone.
Told<TokenAnswer> ask_for_tokens(HttpClient& http, const std::string& url, const Form& form,
                                 std::initializer_list<std::pair<std::string, std::string>> headers = {});

/// Whether a list of scopes, separated by spaces, names one of them.
bool grants(std::string_view granted, std::initializer_list<std::string_view> any_of);

}  // namespace scheduling::web_api
