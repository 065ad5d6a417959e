#pragma once
/// The module over a real database and the reference host's own record book: what a prospect sends, what
/// comes back, and what then stands in the tables.
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/http.hpp"
#include "plugin/surface/wiring.hpp"

namespace scheduling::test {

/// Parts of an answer, by a path such as "data.meeting.id"; "(absent)" when there is none.
std::string at(const crm::sdk::Response& response, std::string_view path);
std::string header(const crm::sdk::Response& response, std::string_view name);

/// A mail as it left the module.
struct Posted {
  std::string to;
  std::string message;  ///< RFC 5322
};
/// Of a header that is not folded.
std::string header_in(const Posted& posted, std::string_view name);

/// The CRM's mailer: takes everything unless told otherwise.
class PostOffice final : public crm::sdk::Mailer {
 public:
  using Decision = std::function<crm::sdk::Outcome<crm::sdk::Delivery>(const Posted&)>;
  bool is_configured() const noexcept override { return configured; }
  crm::sdk::Outcome<crm::sdk::Delivery> deliver(const crm::sdk::Envelope& envelope,
                                                std::string_view message) noexcept override;
  std::string sender() const noexcept override { return "crm@example.test"; }
  /// Asked for each mail; null: all are accepted.
  void decide_with(Decision decision) { decision_ = std::move(decision); }
  /// What was accepted since the last call.
  std::vector<Posted> take();
  bool configured = true;

 private:
  std::mutex mutex_;
  Decision decision_;
  std::vector<Posted> posted_;
};

class BookingWorld {
 public:
  /// A rep with office hours (Monday to Friday, 9 to 17 in New York), page "rosa" and type "call" of 30
  /// minutes. Now: Monday, 13 January 2025, 7:00 in New York. `zone_folder`: empty for the system's.
  explicit BookingWorld(const std::string& zone_folder = {});
  ~BookingWorld();

  crm::sdk::UserId add_user(const std::string& email, const std::string& name);
  MeetingTypeId add_type(const std::string& slug, const std::function<void(MeetingTypePatch&)>& change = {});
  void change_type(MeetingTypeId id, const std::function<void(MeetingTypePatch&)>& change);
  void set_now(std::string_view rfc3339);
  std::string sql(const std::string& statement);
  /// A contact as a person typed it in: `data` is the record's JSON object.
  std::int64_t add_contact(const std::string& data, crm::sdk::UserId owner);

  /// A good request for that start; change what the test is about.
  static BookingCommand request(const std::string& start, const std::string& email = "ada@prospect.test");
  Booking book(const std::string& start, const std::string& email = "ada@prospect.test");

  struct Sent {
    crm::sdk::Method method = crm::sdk::Method::get;
    std::string path;  ///< with the query
    std::string body{};
    std::string type{};  ///< of the body
    std::string accept = "application/json";
    std::string key{};  ///< Idempotency-Key
    std::string address{};
    bool is_from_unknown_proxy = false;
    bool is_by_script = false;
  };
  /// To the public handlers, as the host would send it.
  crm::sdk::Response send(const Sent& sent);
  crm::sdk::Response get(const std::string& path) { return send({.path = path}); }
  crm::sdk::Response page(const std::string& path) { return send({.path = path, .accept = "text/html"}); }
  crm::sdk::Response post(const std::string& path, const std::string& json, const std::string& key = {}) {
    return send({crm::sdk::Method::post, path, json, "application/json", "application/json", key, {}});
  }
  crm::sdk::Response post_form(const std::string& path, const std::string& form) {
    return send({crm::sdk::Method::post, path, form, "application/x-www-form-urlencoded", "text/html", {}, {}});
  }

  PostOffice& post_office();
  void set_settings(const std::string& json);
  /// Limits hold that nobody set; without this call as in development.
  void use_default_limits();

  /// How often the module waited for the database since the last call.
  int take_round_trips();

  Wiring& wiring();
  /// The module in another process on the same database: it shares nothing else with wiring(). Started when it is
  /// first asked for, with the zone data of the beginning.
  Wiring& elsewhere();
  /// wiring() from now on, with the zone data that folder holds now.
  Wiring& restart(const std::string& zone_folder);
  MeetingBookingService& booking() { return wiring().booking; }
  /// What the services of bookings and teams work with.
  BookingParts parts();
  Result<Meeting> reassign(const Actor& actor, MeetingId meeting, UserId host, const std::string& request_id);
  Actor rep() const { return {UserId{rep_.value}, false, "America/New_York"}; }
  MeetingTypeId call() const { return call_; }
  PageId page_id() const { return page_; }

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  crm::sdk::UserId rep_;
  PageId page_;
  MeetingTypeId call_;
};

}  // namespace scheduling::test
