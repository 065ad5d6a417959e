#include "plugin/adapters/crm/sealed_form_stamps.hpp"

#include <algorithm>
#include <charconv>

#include "plugin/adapters/crm/base64url.hpp"

namespace scheduling {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view k_binding = "form-stamp";
constexpr std::size_t k_length_max = 200;

milliseconds system_time() {
  return std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch());
}

}  // namespace

Result<std::string> SealedFormStamps::fresh() {
  auto sealed = secrets_.seal(std::to_string(system_time().count()), k_binding);
  if (!sealed) return fail(Code::broken, sealed.error().message);
  return base64url(*sealed);
}

std::optional<milliseconds> SealedFormStamps::age(std::string_view stamp) {
  const std::string sealed = stamp.size() <= k_length_max ? from_base64url(stamp) : std::string();
  if (sealed.empty()) return std::nullopt;
  const auto plain = secrets_.open(sealed, k_binding);
  if (!plain) return std::nullopt;
  std::int64_t made = 0;
  if (std::from_chars(plain->data(), plain->data() + plain->size(), made).ec != std::errc{}) return std::nullopt;
  return std::max(milliseconds{0}, system_time() - milliseconds{made});
}

}  // namespace scheduling
