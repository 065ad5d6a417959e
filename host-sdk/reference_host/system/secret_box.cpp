#include "reference_host/system/secret_box.hpp"

#include <fcntl.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <optional>

namespace crm::app {

namespace {

constexpr std::size_t k_key_bytes = 32;
constexpr std::size_t k_nonce_bytes = 12;
constexpr std::size_t k_tag_bytes = 16;
constexpr std::size_t k_keys_max = 8;
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

/// The keys of one module, the one that seals first.
class ModuleSecrets final : public sdk::Secrets {
 public:
  explicit ModuleSecrets(std::vector<NumberedKey> keys) : keys_(std::move(keys)) {}

  sdk::Outcome<std::string> seal(std::string_view plain, std::string_view bound_to) noexcept override;
  sdk::Outcome<std::string> open(std::string_view sealed, std::string_view bound_to) noexcept override;
  bool is_current(std::string_view sealed) const noexcept override {
    return !keys_.empty() && !sealed.empty() && static_cast<unsigned char>(sealed[0]) == keys_.front().number;
  }
  sdk::Outcome<std::string> random_bytes(std::size_t count) noexcept override { return random_text(count); }

 private:
  const std::string* key_of(std::string_view sealed) const {
    for (const NumberedKey& key : keys_)
      if (static_cast<unsigned char>(sealed[0]) == key.number) return &key.bytes;
    return nullptr;
  }
  std::vector<NumberedKey> keys_;  ///< empty: none could be derived
};

/// number of the key (1) · nonce (12) · ciphertext · tag (16)
sdk::Outcome<std::string> ModuleSecrets::seal(std::string_view plain, std::string_view bound_to) noexcept {
  if (keys_.empty()) return sdk::fail(sdk::FailureKind::broken, "no key could be derived");
  auto nonce = random_text(k_nonce_bytes);
  if (!nonce) return nonce;
  std::string out = static_cast<char>(keys_.front().number) + *nonce;
  out.resize(out.size() + plain.size() + k_tag_bytes);
  unsigned char* body = bytes(out) + 1 + k_nonce_bytes;
  const Cipher cipher = make_cipher();
  int written = 0;
  const bool ok = cipher &&
                  EVP_EncryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), bytes(std::string_view(keys_.front().bytes)),
                                      bytes(std::string_view(*nonce)), nullptr) == 1 &&
                  EVP_EncryptUpdate(cipher.get(), nullptr, &written, bytes(bound_to), length_of(bound_to)) == 1 &&
                  EVP_EncryptUpdate(cipher.get(), body, &written, bytes(plain), length_of(plain)) == 1 &&
                  EVP_EncryptFinal_ex(cipher.get(), body + plain.size(), &written) == 1 &&
                  EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, k_tag_bytes, body + plain.size()) == 1;
  if (!ok) return sdk::fail(sdk::FailureKind::broken, "sealing failed");
  return out;
}

sdk::Outcome<std::string> ModuleSecrets::open(std::string_view sealed, std::string_view bound_to) noexcept {
  if (keys_.empty()) return sdk::fail(sdk::FailureKind::broken, "no key could be derived");
  if (sealed.size() < 1 + k_nonce_bytes + k_tag_bytes)
    return sdk::fail(sdk::FailureKind::invalid, "is no sealed value");
  const std::string* const key = key_of(sealed);
  if (key == nullptr)
    return sdk::fail(sdk::FailureKind::invalid, "is no sealed value, or its key left the secret file");
  const std::string_view nonce = sealed.substr(1, k_nonce_bytes);
  std::string tag(sealed.substr(sealed.size() - k_tag_bytes));
  const std::string_view body = sealed.substr(1 + k_nonce_bytes, sealed.size() - 1 - k_nonce_bytes - k_tag_bytes);
  std::string plain(body.size(), '\0');
  const Cipher cipher = make_cipher();
  int written = 0;
  const bool ok =
      cipher &&
      EVP_DecryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), bytes(std::string_view(*key)), bytes(nonce), nullptr) == 1 &&
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

/// One line of the file: 64 hexadecimal digits, with "2:" in front when it is the second key. The number is
/// what sealed values name; a line without one is key 1.
std::optional<NumberedKey> parse_key(std::string_view line) {
  NumberedKey key;
  if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
    const auto [end, error] = std::from_chars(line.data(), line.data() + colon, key.number);
    if (error != std::errc{} || end != line.data() + colon || key.number == 0) return std::nullopt;
    line.remove_prefix(colon + 1);
  }
  auto bytes = line.size() == 2 * k_key_bytes ? unhex(line) : std::nullopt;
  if (!bytes) return std::nullopt;
  key.bytes = std::move(*bytes);
  return key;
}

/// Empty when a line is no key, or two have one number.
std::vector<NumberedKey> parse_keys(std::string_view text) {
  std::vector<NumberedKey> keys;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    if (line.empty()) continue;
    auto key = parse_key(line);
    if (!key || keys.size() == k_keys_max) return {};
    for (const NumberedKey& other : keys)
      if (other.number == key->number) return {};
    keys.push_back(std::move(*key));
  }
  return keys;
}

crm::sdk::Unexpected<sdk::Failure> wrong_file(const std::string& file, const std::string& why) {
  return sdk::fail({sdk::FailureKind::invalid, file + ": " + why, {}, {}, "secret-file"});
}

/// Root's files are anybody's to trust: root reads and writes everything anyway.
bool is_ours(const struct stat& about) {
  return about.st_uid == ::geteuid() || about.st_uid == 0;
}

/// The text of a file that only its owner can read; ours is made so. A file of root that a group may read is a decision
/// of whoever set up this machine.
sdk::Outcome<std::string> read_private(int fd, const std::string& file, std::string& warning) {
  struct stat about {};
  if (::fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) return wrong_file(file, "is no file");
  if (!is_ours(about)) return wrong_file(file, "belongs to somebody else, who can read and change the key");
  const bool is_roots = about.st_uid == 0 && ::geteuid() != 0;
  const mode_t open_to_others = about.st_mode & (is_roots ? S_IRWXO | S_IWGRP : S_IRWXG | S_IRWXO);
  if (open_to_others != 0) {
    if (::fchmod(fd, about.st_mode & 0700) != 0)
      return wrong_file(file, "is open to others and cannot be closed: its owner has to chmod 600 it");
    warning = file +
              " was open to others and now has mode 600; whoever may have read the key can open what it sealed: "
              "replace it by a new one";
  }
  char text[4096];
  const ssize_t length = ::read(fd, text, sizeof text);
  if (length < 0) return wrong_file(file, "cannot be read");
  return std::string(text, static_cast<std::size_t>(length));
}

/// Whoever may write into the folder may put another file in the place of this one.
bool is_replaceable(const std::string& file) {
  struct stat about {};
  const std::string folder = std::filesystem::absolute(file).parent_path().string();
  return ::stat(folder.c_str(), &about) == 0 && (about.st_mode & (S_IWGRP | S_IWOTH)) != 0 &&
         (about.st_mode & S_ISVTX) == 0;
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
  const std::string text = "1:" + hex(*key) + "\n";
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
  struct stat link {};
  if (::lstat(file.c_str(), &link) != 0) {
    if (errno != ENOENT) return wrong_file(file, std::strerror(errno));
    if (auto made = make_file(file); !made) return sdk::fail(made.error());
    if (::lstat(file.c_str(), &link) != 0) return wrong_file(file, std::strerror(errno));
  }
  // Whoever owns a link decides which key we take.
  if (S_ISLNK(link.st_mode) && !is_ours(link)) return wrong_file(file, "is a link that belongs to somebody else");
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | (S_ISLNK(link.st_mode) ? 0 : O_NOFOLLOW));
  if (fd < 0) return wrong_file(file, std::strerror(errno));
  SecretKey secret;
  auto text = read_private(fd, file, secret.warning_);
  ::close(fd);
  if (!text) return sdk::fail(text.error());
  if (secret.warning_.empty() && is_replaceable(file))
    secret.warning_ = file + " lies in a folder into which others may write: they can put another key in its place";
  secret.keys_ = parse_keys(*text);
  if (secret.keys_.empty())
    return wrong_file(file, "does not hold 64 hexadecimal digits, or several keys as \"2:\" and digits");
  return secret;
}

std::unique_ptr<sdk::Secrets> SecretKey::secrets_for(std::string_view module_id) const {
  std::vector<NumberedKey> derived;
  for (const NumberedKey& key : keys_)
    if (auto bytes = derive(key.bytes, "crm-host module secrets v1:" + std::string(module_id)))
      derived.push_back({key.number, std::move(*bytes)});
  if (derived.size() != keys_.size()) derived.clear();
  return std::make_unique<ModuleSecrets>(std::move(derived));
}

}  // namespace crm::app
