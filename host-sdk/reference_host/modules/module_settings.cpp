#include "reference_host/modules/module_settings.hpp"

#include "crm/sdk/json_input.hpp"

namespace crm::app {
namespace {

constexpr const char* k_sealed = "sealed";
constexpr const char* k_kept = "set";

std::string to_hex(const std::string& bytes) {
  constexpr char hex[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    text += hex[static_cast<unsigned char>(c) >> 4U];
    text += hex[static_cast<unsigned char>(c) & 15U];
  }
  return text;
}

std::string from_hex(const std::string& text) {
  const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    bytes += static_cast<char>(value(text[i]) * 16 + value(text[i + 1]));
  return bytes;
}

/// A sealed value moved to another setting does not open there.
std::string binding(const std::string& name) {
  return "settings." + name;
}

}  // namespace

Poco::JSON::Object::Ptr settings_object(const std::string& text) {
  Poco::JSON::Object::Ptr object = sdk::read_stored_object(text);
  return object ? object : Poco::JSON::Object::Ptr(new Poco::JSON::Object);
}

std::string settings_text(const Poco::JSON::Object& object) {
  return sdk::json_text(object);
}

sdk::Outcome<Poco::JSON::Object::Ptr> merge_settings(const SettingsSchema& schema, const Poco::JSON::Object& stored,
                                                     const Poco::JSON::Object& changes, sdk::Secrets& secrets) {
  Poco::JSON::Object::Ptr merged = new Poco::JSON::Object(stored);
  for (const auto& [name, value] : changes) {
    const SettingRule& rule = schema.rules().at(name);
    if (value.isEmpty()) {
      merged->remove(name);
    } else if (!rule.is_secret) {
      merged->set(name, value);
    } else if (value.toString() != k_kept) {
      auto sealed = secrets.seal(value.toString(), binding(name));
      if (!sealed) return sdk::fail(sealed.error());
      Poco::JSON::Object::Ptr box = new Poco::JSON::Object;
      box->set(k_sealed, to_hex(*sealed));
      merged->set(name, box);
    }
  }
  return merged;
}

std::string settings_for_module(const SettingsSchema& schema, const Poco::JSON::Object& stored, sdk::Secrets& secrets) {
  auto all = schema.with_defaults(stored);
  for (const auto& [name, rule] : schema.rules()) {
    if (!rule.is_secret || all->isNull(name)) continue;
    const auto box = all->getObject(name);
    const auto opened = box ? secrets.open(from_hex(box->optValue<std::string>(k_sealed, "")), binding(name))
                            : sdk::Outcome<std::string>(sdk::fail(sdk::FailureKind::invalid, "not sealed"));
    all->set(name, opened ? Poco::Dynamic::Var(*opened) : Poco::Dynamic::Var());
  }
  return settings_text(*all);
}

std::string chosen_settings(const SettingsSchema& schema, const Poco::JSON::Object& stored) {
  Poco::JSON::Object chosen(stored);
  for (const auto& [name, rule] : schema.rules())
    if (rule.is_secret) chosen.remove(name);
  return settings_text(chosen);
}

std::string settings_for_people(const SettingsSchema& schema, const Poco::JSON::Object& stored, ShowSecrets show) {
  auto all = schema.with_defaults(stored);
  for (const auto& [name, rule] : schema.rules()) {
    if (!rule.is_secret) continue;
    if (show == ShowSecrets::no)
      all->remove(name);
    else if (!all->isNull(name))
      all->set(name, std::string(k_kept));
  }
  return settings_text(*all);
}

}  // namespace crm::app
