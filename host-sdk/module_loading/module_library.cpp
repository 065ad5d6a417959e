#include "module_loading/module_library.hpp"

#include <openssl/evp.h>
#include <unistd.h>

#include <boost/dll/shared_library.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "module_loading/abi_facts.hpp"

namespace crm::app {
namespace {

constexpr const char* k_symbol = "crm_module_entry";

std::string hash_of(const std::string& bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr);
  constexpr char hex[] = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < 12 && i < length; ++i) {
    text += hex[digest[i] >> 4U];
    text += hex[digest[i] & 15U];
  }
  return text;
}

/// Written under another name and renamed, so that a half-written copy is never opened. The process id
/// keeps two instances apart that share the folder.
std::string copy_privately(const std::string& file, const std::string& folder) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot be read");
  std::ostringstream content;
  content << in.rdbuf();
  const std::string bytes = content.str();
  std::filesystem::create_directories(folder);
  const std::string name =
      std::filesystem::path(file).stem().string() + "-" + hash_of(bytes) + "-" + std::to_string(::getpid()) + ".so";
  std::string target = std::filesystem::absolute(folder) / name;
  const std::string partial = target + ".part";
  std::ofstream out(partial, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw std::runtime_error("cannot be copied to " + folder);
  std::filesystem::permissions(partial, std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  std::filesystem::rename(partial, target);
  return target;
}

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
    opened->copy_file_ = copy_privately(file, copy_folder);
    auto& library = opened->handle_->library;
    library.load(opened->copy_file_, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
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
    const bool stayed = is_mapped(copy_file_);
    std::error_code ignored;
    std::filesystem::remove(copy_file_, ignored);
    if (stayed) return sdk::fail(sdk::FailureKind::broken, copy_file_ + " is still mapped after unloading");
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
