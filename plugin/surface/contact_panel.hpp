#pragma once
/// "Meetings" on a contact's page in the CRM: one sentence for each, in the reader's language and zone.
///
/// A rep reads of the meetings they host themselves, as in their list of meetings; an admin of everybody's.
#include "crm/sdk/panel.hpp"

namespace scheduling {

class Wiring;

crm::sdk::Outcome<crm::sdk::PanelContent> contact_panel(Wiring& wiring, crm::sdk::Session& session,
                                                        const crm::sdk::Record& record,
                                                        const crm::sdk::Principal& reader);

}  // namespace scheduling
