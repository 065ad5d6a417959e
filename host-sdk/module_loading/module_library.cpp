#include "module_loading/module_library.hpp"

#include <boost/dll/shared_library.hpp>
#include <fstream>

#include "module_loading/abi_facts.hpp"

namespace crm::app {
namespace {

constexpr const char* k_symbol = "crm_module_entry";

}  // namespace

struct ModuleLibrary::Handle {
  boost::dll::shared_library library;
  const CrmModuleEntry* entry = nullptr;
};

ModuleLibrary::ModuleLibrary() : handle_(std::make_unique<Handle>()) {}

ModuleLibrary::~ModuleLibrary() {
  (void)close();
}

const CrmModuleEntry& ModuleLibrary::entry() const {
  return *handle_->entry;
}

sdk::Outcome<std::unique_ptr<ModuleLibrary>> ModuleLibrary::open(const std::string& file,
                                                                 const std::string& copy_folder) noexcept {
  try {
    std::unique_ptr<ModuleLibrary> opened(new ModuleLibrary);
    opened->copy_ = LibraryCopy(file, copy_folder);
    auto& library = opened->handle_->library;
    library.load(opened->copy_.path(), boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
    if (!library.has(k_symbol)) return sdk::fail(sdk::FailureKind::invalid, file + " does not export " + k_symbol);
    opened->handle_->entry = &library.get<const CrmModuleEntry>(k_symbol);
    if (const auto difference = abi_difference(CRM_SDK_ABI_BLOCK, opened->handle_->entry->abi))
      return sdk::fail(sdk::FailureKind::invalid, file + " was built for another CRM: " + *difference);
    return opened;
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::invalid, file + ": " + error.what());
  }
}

sdk::Done ModuleLibrary::close() noexcept {
  try {
    if (!handle_->library.is_loaded()) return {};
    handle_->entry = nullptr;
    handle_->library.unload();
    const std::string file = copy_.path();
    const bool stayed = is_mapped(file);
    copy_.remove();
    if (stayed) return sdk::fail(sdk::FailureKind::broken, file + " is still mapped after unloading");
    return {};
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::broken, error.what());
  }
}

bool is_mapped(const std::string& file) {
  std::ifstream maps("/proc/self/maps");
  std::string line;
  while (std::getline(maps, line))
    if (line.find(file) != std::string::npos) return true;
  return false;
}

}  // namespace crm::app
