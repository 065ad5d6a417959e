#pragma once
/// Turns an outbox message into a mail: reads the meeting as it is now, and renders it in the recipient's language.
///
/// Thread: any. Source: behaviour B-5 (no link that will not work), B-8, B-11.
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "plugin/core/mail/what_to_tell.hpp"
#include "plugin/core/outbox/outbox_message.hpp"
#include "plugin/ports/crm/clock.hpp"
#include "plugin/ports/crm/mailer.hpp"
#include "plugin/ports/crm/module_settings.hpp"
#include "plugin/ports/crm/site.hpp"
#include "plugin/ports/presentation/calendar_file.hpp"
#include "plugin/ports/presentation/message_catalog.hpp"
#include "plugin/ports/storage/transaction.hpp"
#include "plugin/ports/token_service.hpp"
#include "plugin/ports/zone_source.hpp"
#include "plugin/services/mail/mail_renderer.hpp"

namespace scheduling {

/// Why a mail is not written after all: nobody should get it any more.
struct Obsolete {
  std::string why;
};

/// The room of the meeting is about to come, and its link belongs into the mail.
struct AwaitsRoom {};

/// A mail with the meeting it tells of.
struct WrittenMail {
  Mail mail;
  MeetingDetails details;
};

class MailComposer {
 public:
  struct Parts {
    const MailRenderer& mails;
    const MessageCatalog& catalog;
    const LocalizedLocation& places;
    const CalendarFile& calendar_file;
    TokenService& tokens;
    const ZoneSource& zones;
    const Site& site;
    const Clock& clock;
    const SettingsSource& settings;
  };
  explicit MailComposer(const Parts& parts) : parts_(parts) {}

  /// `id`: the row's, which becomes part of the mail's Message-ID. Errors: invalid_input when it can never be written:
  /// trying again is pointless.
  Result<std::variant<WrittenMail, Obsolete, AwaitsRoom>> write(Transaction& transaction, OutboxId id,
                                                                MeetingId meeting, const MeetingMail& message) const;
  /// Why that mail would not be written now; empty: it would. Cheaper than write().
  Result<std::string> obsolete(Transaction& transaction, OutboxId id, MeetingId meeting,
                               const MeetingMail& message) const;
  /// The mail as `order` and `context` say it, with its calendar part; for previews and tests too.
  Result<Mail> compose(const MailSpec& spec, const MailData& data) const;

 private:
  Result<Telling> telling_of(Transaction& transaction, OutboxId id, const Meeting& meeting,
                             const MeetingMail& message) const;
  Result<bool> awaits_room(Transaction& transaction, const Meeting& meeting, const Telling& telling) const;
  Result<bool> is_told_by_calendar(Transaction& transaction, const MailSpec& spec, const Meeting& meeting) const;
  Result<MailSpec> spec_of(Transaction& transaction, const MeetingMail& message, const Telling& telling,
                           const MeetingDetails& details) const;
  Done add_user(Transaction& transaction, const MeetingMail& message, const Person& host, MailSpec& spec) const;
  Result<MailData> data_of(Transaction& transaction, const MailSpec& spec, MeetingDetails details) const;
  Done add_links(Transaction& transaction, const MailSpec& spec, MailData& data) const;
  Done add_custom_template(Transaction& transaction, const MailSpec& spec, MailData& data) const;
  Done add_history(Transaction& transaction, MailData& data) const;

  Parts parts_;
};

/// What stands behind the @ in the ids of our mails: the host of the public `url`.
std::string host_of(std::string_view url);

}  // namespace scheduling
