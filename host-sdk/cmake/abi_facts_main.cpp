// Writes the ABI facts of this compiler and its flags into a copy of a manifest: the CRM compares them
// before it opens the library. Arguments: source manifest, target manifest.
#include <fstream>
#include <iostream>
#include <sstream>

#include "crm/sdk/abi.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "arguments: SOURCE TARGET\n";
    return 2;
  }
  std::ifstream in(argv[1], std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  std::string text = content.str();
  const std::size_t brace = text.find('{');
  if (!in || brace == std::string::npos) {
    std::cerr << argv[1] << " is no JSON object\n";
    return 1;
  }
  constexpr CrmAbiBlock abi = CRM_SDK_ABI_BLOCK;
  std::ostringstream facts;
  facts << "\n  \"abi\": {\"sdk_major\": " << abi.sdk_major << ", \"sdk_minor\": " << abi.sdk_minor
        << ", \"compiler\": " << abi.compiler << ", \"cxx_abi\": " << abi.cxx_abi
        << ", \"cxx_standard\": " << abi.cxx_standard << ", \"stdlib_release\": " << abi.stdlib_release
        << ", \"stdlib_dual_abi\": " << abi.stdlib_dual_abi << ", \"stdlib_debug\": " << abi.stdlib_debug
        << ", \"poco_version\": " << abi.poco_version << ", \"pointer_bits\": " << abi.pointer_bits
        << ", \"sanitizer\": " << abi.sanitizer << "},";
  text.insert(brace + 1, facts.str());
  std::ofstream out(argv[2], std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) {
    std::cerr << argv[2] << " cannot be written\n";
    return 1;
  }
}
