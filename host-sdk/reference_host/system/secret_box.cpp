#include "reference_host/system/secret_box.hpp"

#include <fcntl.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

namespace crm::host {

namespace {

constexpr std::size_t k_key_bytes = 32;
constexpr std::size_t k_nonce_bytes = 12;
constexpr std::size_t k_tag_bytes = 16;
constexpr char k_version = 1;
constexpr std::size_t k_random_bytes_max = 64 * 1024;

unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
int length_of(std::string_view text) {
  return static_cast<int>(text.size());
}

sdk::Outcome<std::string> random_text(std::size_t count) {
  if (count > k_random_bytes_max) return sdk::fail(sdk::FailureKind::invalid, "too many random bytes asked for");
  std::string out(count, '\0');
  if (count > 0 && RAND_bytes(bytes(out), static_cast<int>(count)) != 1)
    return sdk::fail(sdk::FailureKind::broken, "the system's random source failed");
  return out;
}

std::optional<std::string> derive(std::string key, std::string info) {
  const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr), &EVP_KDF_free);
  if (!kdf) return std::nullopt;
  const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(kdf.get()),
                                                                          &EVP_KDF_CTX_free);
  char digest[] = "SHA256";
  const OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key.data(), key.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
      OSSL_PARAM_construct_end(),
  };
  std::string out(k_key_bytes, '\0');
  if (!context || EVP_KDF_derive(context.get(), bytes(out), out.size(), params) != 1) return std::nullopt;
  return out;
}

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
Cipher make_cipher() {
  return {EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free};
}

class ModuleSecrets final : public sdk::Secrets {
 public:
  explicit ModuleSecrets(std::optional<std::string> key) : key_(std::move(key)) {}

  sdk::Outcome<std::string> seal(std::string_view plain, std::string_view bound_to) noexcept override;
  sdk::Outcome<std::string> open(std::string_view sealed, std::string_view bound_to) noexcept override;
  sdk::Outcome<std::string> random_bytes(std::size_t count) noexcept override { return random_text(count); }

 private:
  std::optional<std::string> key_;
};

/// version (1) · nonce (12) · ciphertext · tag (16)
sdk::Outcome<std::string> ModuleSecrets::seal(std::string_view plain, std::string_view bound_to) noexcept {
  if (!key_) return sdk::fail(sdk::FailureKind::broken, "no key could be derived");
  auto nonce = random_text(k_nonce_bytes);
  if (!nonce) return nonce;
  std::string out = k_version + *nonce;
  out.resize(out.size() + plain.size() + k_tag_bytes);
  unsigned char* body = bytes(out) + 1 + k_nonce_bytes;
  const Cipher cipher = make_cipher();
  int written = 0;
  const bool ok = cipher &&
                  EVP_EncryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), bytes(std::string_view(*key_)),
                                      bytes(std::string_view(*nonce)), nullptr) == 1 &&
                  EVP_EncryptUpdate(cipher.get(), nullptr, &written, bytes(bound_to), length_of(bound_to)) == 1 &&
                  EVP_EncryptUpdate(cipher.get(), body, &written, bytes(plain), length_of(plain)) == 1 &&
                  EVP_EncryptFinal_ex(cipher.get(), body + plain.size(), &written) == 1 &&
                  EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, k_tag_bytes, body + plain.size()) == 1;
  if (!ok) return sdk::fail(sdk::FailureKind::broken, "sealing failed");
  return out;
}

sdk::Outcome<std::string> ModuleSecrets::open(std::string_view sealed, std::string_view bound_to) noexcept {
  if (!key_) return sdk::fail(sdk::FailureKind::broken, "no key could be derived");
  if (sealed.size() < 1 + k_nonce_bytes + k_tag_bytes || sealed[0] != k_version)
    return sdk::fail(sdk::FailureKind::invalid, "is no sealed value");
  const std::string_view nonce = sealed.substr(1, k_nonce_bytes);
  std::string tag(sealed.substr(sealed.size() - k_tag_bytes));
  const std::string_view body = sealed.substr(1 + k_nonce_bytes, sealed.size() - 1 - k_nonce_bytes - k_tag_bytes);
  std::string plain(body.size(), '\0');
  const Cipher cipher = make_cipher();
  int written = 0;
  const bool ok = cipher &&
                  EVP_DecryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), bytes(std::string_view(*key_)), bytes(nonce),
                                      nullptr) == 1 &&
                  EVP_DecryptUpdate(cipher.get(), nullptr, &written, bytes(bound_to), length_of(bound_to)) == 1 &&
                  EVP_DecryptUpdate(cipher.get(), bytes(plain), &written, bytes(body), length_of(body)) == 1 &&
                  EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, k_tag_bytes, tag.data()) == 1 &&
                  EVP_DecryptFinal_ex(cipher.get(), bytes(plain) + plain.size(), &written) == 1;
  if (!ok) return sdk::fail(sdk::FailureKind::invalid, "does not open: changed, moved, or sealed with another key");
  return plain;
}

std::string hex(std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

std::optional<std::string> unhex(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
  std::string out;
  for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
    const int high = digit(text[at]), low = digit(text[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

tl::unexpected<sdk::Failure> wrong_file(const std::string& file, const std::string& why) {
  return sdk::fail({sdk::FailureKind::invalid, file + ": " + why, {}, {}, "secret-file"});
}

/// Writes the key beside `file` and links it there: whoever comes second finds the first one's key.
sdk::Done make_file(const std::string& file) {
  const auto key = random_text(k_key_bytes);
  if (!key) return sdk::fail(key.error());
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(file).parent_path(), ignored);
  std::string temporary = file + ".XXXXXX";
  const int fd = mkostemp(temporary.data(), O_CLOEXEC);  // mode 0600
  if (fd < 0) return wrong_file(file, std::strerror(errno));
  const std::string text = hex(*key) + "\n";
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(fd) == 0;
  ::close(fd);
  const bool linked = written && (::link(temporary.c_str(), file.c_str()) == 0 || errno == EEXIST);
  const int why = errno;
  ::unlink(temporary.c_str());
  if (!linked) return wrong_file(file, std::strerror(why));
  return {};
}

}  // namespace

sdk::Outcome<SecretKey> SecretKey::load(const std::string& file) {
  if (::access(file.c_str(), F_OK) != 0)
    if (auto made = make_file(file); !made) return sdk::fail(made.error());
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return wrong_file(file, std::strerror(errno));
  struct stat about {};
  char text[256];
  const ssize_t length = fstat(fd, &about) == 0 ? ::read(fd, text, sizeof text) : -1;
  ::close(fd);
  if (length < 0) return wrong_file(file, "cannot be read");
  if ((about.st_mode & S_IWOTH) != 0) return wrong_file(file, "may be written by everybody; chmod 600 it");
  std::string_view content(text, static_cast<std::size_t>(length));
  while (!content.empty() && (content.back() == '\n' || content.back() == '\r' || content.back() == ' '))
    content.remove_suffix(1);
  auto key = content.size() == 2 * k_key_bytes ? unhex(content) : std::nullopt;
  if (!key) return wrong_file(file, "does not hold 64 hexadecimal digits");
  SecretKey secret;
  secret.key_ = std::move(*key);
  return secret;
}

std::unique_ptr<sdk::Secrets> SecretKey::secrets_for(std::string_view module_id) const {
  return std::make_unique<ModuleSecrets>(derive(key_, "crm-host module secrets v1:" + std::string(module_id)));
}

}  // namespace crm::host
