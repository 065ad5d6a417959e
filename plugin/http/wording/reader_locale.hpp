#pragma once
/// In which language a reader is answered, and how their dates, clock and week are written.
#include <array>
#include <string>
#include <string_view>

#include "crm/sdk/http.hpp"
#include "plugin/ports/presentation/message_catalog.hpp"

namespace scheduling {

/// Languages without texts of their own whose readers nevertheless get their dates, and pages that run from right to
/// left. The sentences are English.
inline constexpr std::array<std::string_view, 4> k_dates_only_languages{"ar", "fa", "he", "ur"};

struct ReaderLocale {
  std::string tag = "en-US";      ///< of dates, clock and week; with the reader's region where it is known
  std::string language = "en";    ///< of sentences: one of MessageCatalog::languages()
  bool is_right_to_left = false;  ///< the page
  bool is_chosen = false;         ///< the address or a form says so, not the browser
  bool is_known = false;          ///< somebody said it; without that it is American English
  friend bool operator==(const ReaderLocale&, const ReaderLocale&) = default;
};

/// Whoever says it first wins; a language that we do not have says nothing.
struct AskedLocale {
  std::string_view lang{};      ///< of the address or form: the language of the page
  std::string_view locale{};    ///< likewise: the language of the booking, and of the page unless `lang` says otherwise
  std::string_view accepted{};  ///< the header Accept-Language (RFC 9110, 12.5.4)
  std::string_view stored{};    ///< the language that the meeting was booked in
};

/// A region that the browser names for the same language is taken over: "de" from the address and "de-AT" from the
/// browser are "de-AT".
ReaderLocale reader_locale(const MessageCatalog& messages, const AskedLocale& asked);
/// Reads `lang` and `locale` of a form that was posted, and of the query.
ReaderLocale reader_locale(const MessageCatalog& messages, const crm::sdk::Request& request,
                           std::string_view stored = {});

/// "DE_at-u-hc-h12" → "de-AT": language, script and region; empty when it is no language tag.
std::string tidy_locale(std::string_view text);
/// For mails to whoever books with this request: what they read pages in, else the language that their browser wants
/// most, even one that we do not have yet. Empty when nobody says anything.
std::string mail_language(const MessageCatalog& messages, const crm::sdk::Request& request);

}  // namespace scheduling
