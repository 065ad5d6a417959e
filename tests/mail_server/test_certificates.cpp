#include "tests/mail_server/test_certificates.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace crm::test {
namespace {

constexpr const char* k_new_key = " -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";

}  // namespace

TestAuthority::TestAuthority() {
  std::string pattern = (std::filesystem::temp_directory_path() / "crm-certificates-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for certificates");
  folder_ = pattern;
  ca_file_ = folder_ + "/ca.pem";
  openssl("req -x509 -subj '/CN=Authority of tests' -days 2 -keyout ca.key -out ca.pem" + std::string(k_new_key));
}

TestAuthority::~TestAuthority() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void TestAuthority::openssl(const std::string& arguments) const {
  const std::string command = "cd '" + folder_ + "' && openssl " + arguments + " 2>openssl.log";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl " + arguments);
}

CertificateFiles TestAuthority::issue(const std::string& names, int days) {
  const std::string stem = "server" + std::to_string(++issued_);
  std::ofstream(folder_ + "/" + stem + ".ext") << "subjectAltName=" << names << '\n';
  openssl("req -subj '/CN=server of tests' -keyout " + stem + ".key -out " + stem + ".csr" + k_new_key);
  openssl("x509 -req -in " + stem + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days " + std::to_string(days) +
          " -extfile " + stem + ".ext -out " + stem + ".pem");
  return {folder_ + "/" + stem + ".pem", folder_ + "/" + stem + ".key"};
}

}  // namespace crm::test
