#include "plugin/surface/wiring.hpp"

#include "plugin/adapters/records/crm_record_book.hpp"
#include "plugin/adapters/records/crm_user_directory.hpp"
#include "plugin/adapters/tokens/sealed_token_mint.hpp"

namespace scheduling {
namespace {

CrmPorts crm_ports(const crm::sdk::HostServices& services) {
  return {[&book = services.records](crm::sdk::Session& session) -> std::unique_ptr<RecordBook> {
            return std::make_unique<CrmRecordBook>(book, session);
          },
          [&users = services.users](crm::sdk::Session& session) -> std::unique_ptr<UserDirectory> {
            return std::make_unique<CrmUserDirectory>(users, session);
          }};
}

}  // namespace

Wiring::Wiring(const crm::sdk::HostServices& services, std::string module_folder)
    : host(services),
      folder(std::move(module_folder)),
      clock(host.clock),
      settings(host.settings, host.log),
      tokens(make_sealed_token_mint(host.secrets)),
      transactions(host.database, crm_ports(host)),
      scheduling(transactions, zones, clock),
      availability(transactions, zones, clock),
      booking({transactions, availability, zones, phones, *tokens, settings, clock}),
      handlers{Pages(scheduling, host.site, host.log), MeetingTypes(scheduling, host.log),
               Availability(availability, host.log), Overrides(availability, host.log),
               Explain(scheduling, availability, host.log), Meetings(booking, zones, host.log)},
      jobs{CompleteMeetingsJob(transactions, clock)},
      hooks([this](crm::sdk::Session& session) { return transactions.inside(session); }, clock) {}

}  // namespace scheduling
