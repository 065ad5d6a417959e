#pragma once
/// The stored form of outbox messages: a kind ("mail_booked"), a recipient and a JSON payload. The only place that
/// writes and reads them. Rows of earlier versions wait in databases, so names and keys never change; a key may be
/// added when its absence still has a meaning.
#include <optional>
#include <string>
#include <vector>

#include "plugin/core/outbox/outbox_message.hpp"
#include "plugin/core/result.hpp"

namespace scheduling {

/// All that these messages may be stored as: "mail_booked", "mail_moved" …
std::vector<std::string> stored_kinds(OutboxKind kind);
/// Those of all kinds of this version of the module.
std::vector<std::string> all_stored_kinds();

struct StoredMessage {
  std::string kind{};
  std::optional<std::string> recipient{};
  std::string payload{};  ///< a JSON object
};

StoredMessage to_stored(const OutboxMessage& message);
/// Errors: invalid_input with the reason in words, when no version could have written that.
Result<OutboxMessage> from_stored(const StoredMessage& stored);

/// A JSON array of {"kind", "recipient", "payload"}, as the statements take it.
std::string messages_json(const std::vector<OutboxMessage>& messages);

}  // namespace scheduling
