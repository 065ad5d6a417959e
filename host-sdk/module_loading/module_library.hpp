#pragma once
/// One opened module library.
///
/// What is opened is a private copy whose name carries the hash of its content: replacing the file
/// while it is loaded neither ends the process (SIGBUS) nor gives old code to the next load.
///
/// Thread: one at a time. Errors: as values; the message names the file and the reason.
#include <memory>
#include <string>

#include "crm/sdk/module.hpp"
#include "module_loading/library_copy.hpp"

namespace crm::app {

class ModuleLibrary {
 public:
  /// Copies, opens, finds `crm_module_entry` and compares its block with ours; calls nothing in it.
  static sdk::Outcome<std::unique_ptr<ModuleLibrary>> open(const std::string& file,
                                                           const std::string& copy_folder) noexcept;
  ~ModuleLibrary();

  const CrmModuleEntry& entry() const;
  const std::string& copy_file() const { return copy_.path(); }
  /// Unloads. `broken` when the image is still mapped afterwards: something of it stayed behind.
  sdk::Done close() noexcept;

 private:
  struct Handle;
  ModuleLibrary();
  LibraryCopy copy_;
  std::unique_ptr<Handle> handle_;
};

/// Whether a file of this name is mapped into this process.
bool is_mapped(const std::string& file);

}  // namespace crm::app
