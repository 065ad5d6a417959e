#pragma once
/// The whole small CRM behind a real HTTP server, on a database of its own; modules are played by a fake.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "reference_host/auth/accounts.hpp"
#include "reference_host/auth/credentials.hpp"
#include "reference_host/auth/password_hasher.hpp"
#include "reference_host/html_pages/html_page.hpp"
#include "reference_host/http/http_server.hpp"
#include "reference_host/jobs/job_runner.hpp"
#include "reference_host/records/hook_table.hpp"
#include "reference_host/records/record_book.hpp"
#include "reference_host/system/crm_services.hpp"
#include "reference_host/system/secret_box.hpp"
#include "tests/integration/pg_fixture.hpp"

namespace crm::test {

struct TestResponse {
  int status = 0;
  std::string body;
  std::string type;
  std::multimap<std::string, std::string> headers;
  bool has(std::string_view part) const { return body.find(part) != std::string::npos; }
  std::string header(const std::string& name) const;
  /// The text of a JSON member, found by its name alone; numbers come as their digits.
  std::string member(const std::string& name) const;
};

/// Remembers calls; one module with one setting of each kind.
class FakeModules final : public app::ModuleAdmin {
 public:
  std::vector<app::ModuleListing> modules() override;
  sdk::Outcome<app::ModuleSettings> settings(std::string_view id) override;
  sdk::Done enable(std::string_view id) override;
  sdk::Done disable(std::string_view id) override;
  sdk::Outcome<app::ModuleParts> parts(std::string_view id) override;
  sdk::Outcome<std::vector<sdk::FieldError>> save_settings(std::string_view id, std::string_view values_json) override;
  std::vector<sdk::Navigation> navigation() override { return {{"Scheduling", "/settings/scheduling"}}; }
  std::vector<app::ShownPanel> panels(sdk::Session&, const sdk::Record& record, const sdk::Principal& who) override {
    if (record.module != "contacts") return {};
    return {{"Meetings & more",
             {{{who.name + " meets <them>"}, {"Next one", "/meetings/1"}},
              {{"Book", "/book?contact=1"}, {"Dismiss", "/dismiss/1", sdk::Method::post}}}}};
  }

  std::vector<sdk::ChecklistStep> checklist(const sdk::Principal&) override { return steps; }

  std::vector<sdk::ChecklistStep> steps;
  std::string state = "enabled";
  std::string saved_json;
  std::vector<sdk::FieldError> refuses;
  std::vector<app::HealthLine> health;
};

/// Keeps the mails instead of sending them; or fails as `trouble` says.
class KeptMail final : public sdk::Mailer {
 public:
  bool is_configured() const noexcept override { return configured; }
  sdk::Outcome<sdk::Delivery> deliver(const sdk::Envelope& envelope, std::string_view message) noexcept override;
  std::string sender() const noexcept override { return "crm@example.test"; }
  std::vector<std::string> messages;
  std::optional<sdk::Failure> trouble;
  bool configured = true;
};

using HeaderList = std::vector<std::pair<std::string, std::string>>;

class TestCrm {
 public:
  TestCrm();
  ~TestCrm();

  TestResponse call(const std::string& method, const std::string& path, const std::string& body = "",
                    HeaderList headers = {});
  /// As somebody with an API token, sending JSON.
  TestResponse as(const std::string& token, const std::string& method, const std::string& path,
                  const std::string& body = "");
  TestResponse form(const std::string& cookie, const std::string& path, const std::string& body);
  TestResponse page(const std::string& cookie, const std::string& path);

  /// A user with the password "long enough"; gives the id.
  sdk::UserId add_user(const std::string& email, sdk::Role role = sdk::Role::rep,
                       const std::string& zone = "America/New_York");
  std::string token_of(sdk::UserId user);
  /// "crm_session=…"
  std::string cookie_of(const std::string& email);
  std::string csrf_of(const std::string& cookie);

  TestDatabase db{Schema::crm};
  app::Options options;
  TemporaryFolder folder;
  std::unique_ptr<sdk::Secrets> secrets;
  app::HookTable hooks{db.log()};
  app::JobRunner jobs{db.database(), db.clock(), db.log()};
  app::PgRecordBook records{hooks, db.clock()};
  KeptMail mailer;
  FakeModules modules;
  std::unique_ptr<app::PasswordHasher> hasher;
  std::unique_ptr<app::Accounts> accounts;
  std::unique_ptr<app::Credentials> credentials;
  std::unique_ptr<app::CrmServices> crm;
  app::RouteTable routes;
  std::unique_ptr<app::HttpServer> server;
};

}  // namespace crm::test
