#pragma once
/// Certificates for tests of TLS, made by the openssl program in a folder that goes away with the object.
#include <string>

namespace crm::test {

/// PEM files.
struct CertificateFiles {
  std::string certificate;
  std::string key;
};

/// An authority of its own. Nobody trusts it who was not given ca_file().
class TestAuthority {
 public:
  TestAuthority();  ///< throws std::runtime_error when openssl fails
  ~TestAuthority();
  TestAuthority(const TestAuthority&) = delete;
  TestAuthority& operator=(const TestAuthority&) = delete;

  const std::string& ca_file() const { return ca_file_; }
  /// A server's certificate for `names` (as in subjectAltName), good for `days` from now; -1: expired.
  CertificateFiles issue(const std::string& names = "DNS:localhost,IP:127.0.0.1", int days = 2);

 private:
  void openssl(const std::string& arguments) const;

  std::string folder_;
  std::string ca_file_;
  int issued_ = 0;
};

}  // namespace crm::test
