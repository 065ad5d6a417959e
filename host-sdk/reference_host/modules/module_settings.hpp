#pragma once
/// A module's settings in three forms, made from the table, where secrets are sealed: for the module
/// (everything), for administration (a secret is shown as "set"), and for html pages (no secrets at all).
///
/// Stored form: only what was set; a secret is {"sealed": "<hex>"}.
#include <Poco/JSON/Object.h>

#include <mutex>
#include <string>

#include "crm/sdk/services.hpp"
#include "module_loading/settings_schema.hpp"

namespace crm::app {

/// What the module reads. Thread: any.
class CurrentSettings final : public sdk::Settings {
 public:
  std::string json() const noexcept override {
    const std::lock_guard lock(mutex_);
    return json_;
  }
  std::string chosen_json() const noexcept override {
    const std::lock_guard lock(mutex_);
    return chosen_;
  }
  void set(std::string json, std::string chosen) {
    const std::lock_guard lock(mutex_);
    json_ = std::move(json);
    chosen_ = std::move(chosen);
  }

 private:
  mutable std::mutex mutex_;
  std::string json_ = "{}";
  std::string chosen_ = "{}";
};

/// An unreadable text reads as no settings.
Poco::JSON::Object::Ptr settings_object(const std::string& text);
std::string settings_text(const Poco::JSON::Object& object);

/// `stored` with `changes` applied: null forgets, a secret "set" stays, other secrets are sealed.
sdk::Outcome<Poco::JSON::Object::Ptr> merge_settings(const SettingsSchema& schema, const Poco::JSON::Object& stored,
                                                     const Poco::JSON::Object& changes, sdk::Secrets& secrets);
/// For the module: defaults filled in, secrets opened. A secret that does not open (another key file) is null.
std::string settings_for_module(const SettingsSchema& schema, const Poco::JSON::Object& stored, sdk::Secrets& secrets);
/// For the module: what stands in the table alone, without secrets.
std::string chosen_settings(const SettingsSchema& schema, const Poco::JSON::Object& stored);
enum class ShowSecrets : bool { no, as_set };
std::string settings_for_people(const SettingsSchema& schema, const Poco::JSON::Object& stored, ShowSecrets show);

}  // namespace crm::app
