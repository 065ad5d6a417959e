#pragma once
/// Compares the facts of two sides of the border.
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "crm/sdk/abi.h"

namespace crm::app {

/// The first field that keeps the module from being loaded, with both values; empty: they fit.
/// A block of another length is read as far as both sides know it.
std::optional<std::string> abi_difference(const CrmAbiBlock& host, const CrmAbiBlock& module);
/// The same for the facts a built manifest carries, before the library is opened.
std::optional<std::string> abi_difference(const CrmAbiBlock& host, const std::map<std::string, std::uint32_t>& facts);

}  // namespace crm::app
