#pragma once
/// HTTP that answers as it was told, and keeps what was asked. No network.
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "plugin/ports/calendar/http_client.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/module_settings.hpp"

namespace scheduling::testing {

class ScriptedHttp final : public HttpClient {
 public:
  HttpAnswer send(const HttpCall& call) override {
    calls.push_back(call);
    HttpAnswer answer = answers.front();
    if (answers.size() > 1) answers.pop_front();
    return answer;
  }
  std::deque<HttpAnswer> answers;
  std::vector<HttpCall> calls;
};

/// Every provider is set up.
class FixedSettings final : public SettingsSource {
 public:
  ModuleSettings current() const override {
    ModuleSettings settings;
    settings.google.client_id = settings.outlook.client_id = settings.zoom.client_id = "id";
    settings.google.client_secret = settings.outlook.client_secret = settings.zoom.client_secret = "secret";
    settings.zoom.account_id = zoom_account;
    return settings;
  }
  std::string zoom_account;
};

class FixedClock final : public Clock {
 public:
  Instant now() const noexcept override { return Instant{}; }
};

inline HttpAnswer answered(int status, std::string body) {
  HttpAnswer answer;
  answer.fate = HttpAnswer::Fate::answered;
  answer.status = status;
  answer.body = std::move(body);
  return answer;
}

}  // namespace scheduling::testing
