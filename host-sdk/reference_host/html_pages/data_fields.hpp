#pragma once
/// A JSON object as label and value, the way a person reads it.
#include <string>
#include <string_view>

#include "reference_host/html_pages/html_page.hpp"

namespace crm::app {

/// A list of {label, value, is_link}: texts, numbers and yes/no of `data_json`, lists joined, and lists
/// of {label, answer} one by one. Instants are written in `zone`; nested objects are left out,
/// and so are ids and the status, which are for programs.
PageData data_fields(std::string_view data_json, std::string_view zone);

/// Whether `data_json` is an object that can be read at all.
bool is_readable(std::string_view data_json);

/// One text member; empty when absent or no text.
std::string text_member(std::string_view data_json, const std::string& name);

}  // namespace crm::app
