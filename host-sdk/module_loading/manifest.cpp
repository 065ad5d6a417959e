#include "module_loading/manifest.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/ParseHandler.h>
#include <Poco/JSON/Parser.h>
#include <rapidjson/document.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <charconv>
#include <fstream>
#include <sstream>

namespace crm::app {
namespace {

constexpr std::string_view k_accesses[] = {"open", "user", "admin"};
constexpr std::string_view k_rates[] = {"none", "normal", "page", "token", "book", "login"};
constexpr std::string_view k_record_events[] = {"created", "updated", "merged", "deleted", "owner_changed"};
constexpr std::string_view k_user_events[] = {"deactivated", "reactivated", "deleted"};
constexpr std::string_view k_runs_on[] = {"one_instance", "every_instance"};
constexpr std::string_view k_methods[] = {"GET", "POST", "PUT", "DELETE"};

/// The schema has checked that the word is among them.
template <class Enum, std::size_t Count>
Enum from_word(const std::string_view (&words)[Count], const std::string& word) {
  for (std::size_t i = 0; i < Count; ++i)
    if (words[i] == word) return static_cast<Enum>(i);
  throw Poco::InvalidArgumentException("unknown word", word);
}

/// Settings stay in the order of the file, in which their form shows them.
Poco::Dynamic::Var parse_json(const std::string& text) {
  Poco::JSON::Parser parser(new Poco::JSON::ParseHandler(true));
  parser.setDepth(32);
  return parser.parse(text);
}

/// The first rule of the schema that `text` breaks, and where. RapidJSON reads the schema by draft 4, which knows all
/// that it uses. `text` is known to be JSON of a bounded depth.
std::optional<std::string> broken_rule(const std::string& text) {
  rapidjson::Document rules, document;
  rules.Parse(k_manifest_schema);
  document.Parse(text.data(), text.size());
  if (document.HasParseError()) return "no JSON";
  const rapidjson::SchemaDocument schema{rules};
  rapidjson::SchemaValidator validator{schema};
  if (document.Accept(validator)) return std::nullopt;
  rapidjson::StringBuffer place;
  validator.GetInvalidDocumentPointer().StringifyUriFragment(place);
  return std::string(place.GetString()) + ": breaks the rule \"" + validator.GetInvalidSchemaKeyword() + "\"";
}

SdkVersion parse_version(const std::string& text) {
  SdkVersion version;
  const char* const end = text.data() + text.size();
  const auto dot = std::from_chars(text.data(), end, version.major).ptr;
  std::from_chars(dot + 1, end, version.minor);
  return version;
}

template <class Each>
void for_each(const Poco::JSON::Object& object, const std::string& name, Each&& each) {
  const auto array = object.getArray(name);
  if (!array) return;
  for (std::size_t i = 0; i < array->size(); ++i) each(*array->getObject(static_cast<unsigned>(i)));
}

void read_lists(const Poco::JSON::Object& root, Manifest& manifest) {
  for_each(root, "routes", [&](const Poco::JSON::Object& one) {
    manifest.routes.push_back({from_word<sdk::Method>(k_methods, one.getValue<std::string>("method")),
                               one.getValue<std::string>("path"),
                               from_word<sdk::Access>(k_accesses, one.getValue<std::string>("access")),
                               from_word<sdk::RateClass>(k_rates, one.getValue<std::string>("rate"))});
  });
  for_each(root, "hooks", [&](const Poco::JSON::Object& one) {
    manifest.hooks.push_back(
        {one.getValue<std::string>("on"), one.getValue<std::string>("event"), one.getValue<std::string>("when")});
  });
  for_each(root, "jobs", [&](const Poco::JSON::Object& one) {
    manifest.jobs.push_back({one.getValue<std::string>("name"),
                             std::chrono::seconds(one.getValue<int>("interval_seconds")),
                             from_word<sdk::RunsOn>(k_runs_on, one.optValue<std::string>("runs_on", "one_instance"))});
  });
  for_each(root, "navigation", [&](const Poco::JSON::Object& one) {
    manifest.navigation.push_back({one.getValue<std::string>("label"), one.getValue<std::string>("path"),
                                   from_word<sdk::Access>(k_accesses, one.getValue<std::string>("access"))});
  });
  for_each(root, "record_panels", [&](const Poco::JSON::Object& one) {
    manifest.record_panels.push_back({one.getValue<std::string>("on"), one.getValue<std::string>("title")});
  });
  for_each(root, "assets", [&](const Poco::JSON::Object& one) {
    manifest.assets.push_back({one.getValue<std::string>("url_prefix"), one.getValue<std::string>("folder")});
  });
  if (const auto permissions = root.getArray("permissions"))
    for (const auto& one : *permissions) manifest.permissions.push_back(one.toString());
}

Manifest read(const Poco::JSON::Object& root) {
  Manifest manifest;
  manifest.id = root.getValue<std::string>("id");
  manifest.name = root.getValue<std::string>("name");
  manifest.description = root.optValue<std::string>("description", "");
  manifest.version = root.getValue<std::string>("version");
  manifest.sdk_min = parse_version(root.getObject("sdk")->getValue<std::string>("min"));
  manifest.sdk_max = parse_version(root.getObject("sdk")->getValue<std::string>("max"));
  manifest.library = root.getValue<std::string>("library");
  manifest.migrations = root.optValue<std::string>("migrations", "");
  read_lists(root, manifest);
  if (const auto settings = root.getObject("settings")) {
    std::ostringstream text;
    settings->stringify(text);
    manifest.settings_json = text.str();
  }
  if (const auto abi = root.getObject("abi"))
    for (const auto& [name, value] : *abi) manifest.abi[name] = value.convert<std::uint32_t>();
  return manifest;
}

}  // namespace

std::string_view to_string(sdk::Access access) {
  return k_accesses[static_cast<std::size_t>(access)];
}
std::string_view to_string(sdk::RateClass rate) {
  return k_rates[static_cast<std::size_t>(rate)];
}
std::string_view to_string(sdk::RecordEvent event) {
  return k_record_events[static_cast<std::size_t>(event)];
}
std::string_view to_string(sdk::UserEvent event) {
  return k_user_events[static_cast<std::size_t>(event)];
}

sdk::Outcome<Manifest> parse_manifest(const std::string& text) {
  try {
    const Poco::Dynamic::Var document = parse_json(text);
    if (const auto broken = broken_rule(text)) return sdk::fail(sdk::FailureKind::invalid, "manifest.json: " + *broken);
    Manifest manifest = read(*document.extract<Poco::JSON::Object::Ptr>());
    auto settings = SettingsSchema::parse(manifest.settings_json);
    if (!settings) return sdk::fail(sdk::FailureKind::invalid, "manifest.json: settings: " + settings.error().message);
    manifest.settings = std::move(*settings);
    return manifest;
  } catch (const Poco::Exception& error) {
    return sdk::fail(sdk::FailureKind::invalid, "manifest.json: " + error.displayText());
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::invalid, std::string("manifest.json: ") + error.what());
  }
}

sdk::Outcome<Manifest> read_manifest(const std::string& folder) {
  std::ifstream file(folder + "/manifest.json", std::ios::binary);
  if (!file) return sdk::fail(sdk::FailureKind::not_found, folder + " holds no manifest.json");
  std::ostringstream text;
  text << file.rdbuf();
  return parse_manifest(text.str());
}

}  // namespace crm::app
