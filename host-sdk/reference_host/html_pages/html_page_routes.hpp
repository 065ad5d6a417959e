#pragma once
/// The CRM's own pages, all rendered on the server and usable without scripts.
#include <vector>

#include "crm/sdk/http.hpp"
#include "reference_host/html_pages/html_page.hpp"

namespace crm::app {

/// `services` is copied; what it refers to must outlive the routes. The server sends browsers without a
/// session to /login.
std::vector<sdk::Route> html_page_routes(const PageServices& services);

// The parts of html_page_routes(), one per subject.
void add_login_pages(const PageServices& services, std::vector<sdk::Route>& routes);
void add_password_pages(const PageServices& services, std::vector<sdk::Route>& routes);
void add_profile_pages(const PageServices& services, std::vector<sdk::Route>& routes);
void add_mail_pages(const PageServices& services, std::vector<sdk::Route>& routes);
void add_contact_pages(const PageServices& services, std::vector<sdk::Route>& routes);
void add_user_pages(const PageServices& services, std::vector<sdk::Route>& routes);
void add_module_pages(const PageServices& services, std::vector<sdk::Route>& routes);

}  // namespace crm::app
