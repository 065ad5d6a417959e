#pragma once
#include <string>

namespace scheduling::test {

/// The URL of an empty database with the CRM's and the module's tables; one for each call.
std::string fresh_database();

}  // namespace scheduling::test
