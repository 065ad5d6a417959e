#include "module_loading/abi_facts.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace crm::app {
namespace {

struct FactField {
  const char* name;
  std::size_t offset;
};

#define CRM_FACT(NAME)                 \
  FactField {                          \
#NAME, offsetof(CrmAbiBlock, NAME) \
  }
constexpr FactField k_fields[] = {
    CRM_FACT(sdk_major),    CRM_FACT(sdk_minor),      CRM_FACT(compiler),        CRM_FACT(cxx_abi),
    CRM_FACT(cxx_standard), CRM_FACT(stdlib_release), CRM_FACT(stdlib_dual_abi), CRM_FACT(stdlib_debug),
    CRM_FACT(poco_version), CRM_FACT(pointer_bits),   CRM_FACT(sanitizer),
};
#undef CRM_FACT
static_assert(std::size(k_fields) * sizeof(std::uint32_t) + sizeof(std::uint32_t) == sizeof(CrmAbiBlock),
              "every field but the length is compared");

std::uint32_t value_at(const CrmAbiBlock& block, std::size_t offset) {
  std::uint32_t value = 0;
  std::memcpy(&value, reinterpret_cast<const char*>(&block) + offset, sizeof value);
  return value;
}

std::string difference(const char* name, std::uint32_t host, std::uint32_t module) {
  return std::string(name) + ": the CRM has " + std::to_string(host) + ", the module " + std::to_string(module);
}

/// A module may be built with an older minor version: the CRM still offers everything it knows.
bool fits(const char* name, std::uint32_t host, std::uint32_t module) {
  return std::strcmp(name, "sdk_minor") == 0 ? module <= host : module == host;
}

}  // namespace

std::optional<std::string> abi_difference(const CrmAbiBlock& host, const CrmAbiBlock& module) {
  const std::size_t known = std::min<std::size_t>(host.length, module.length);
  for (const FactField& field : k_fields) {
    if (field.offset + sizeof(std::uint32_t) > known) break;
    const std::uint32_t ours = value_at(host, field.offset);
    const std::uint32_t theirs = value_at(module, field.offset);
    if (!fits(field.name, ours, theirs)) return difference(field.name, ours, theirs);
  }
  // What follows the block in the entry lies elsewhere then.
  if (host.length != module.length) return difference("length", host.length, module.length);
  return std::nullopt;
}

std::optional<std::string> abi_difference(const CrmAbiBlock& host, const std::map<std::string, std::uint32_t>& facts) {
  for (const FactField& field : k_fields) {
    const auto fact = facts.find(field.name);
    if (fact == facts.end()) return std::string(field.name) + " is missing in the manifest's abi facts";
    const std::uint32_t ours = value_at(host, field.offset);
    if (!fits(field.name, ours, fact->second)) return difference(field.name, ours, fact->second);
  }
  return std::nullopt;
}

}  // namespace crm::app
