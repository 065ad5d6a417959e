#pragma once
/// International text in addresses: domain names in the form that machines compare and send to, and letters as they are
/// compared. The one place of the core that wraps ICU (UTS #46 and normalisation are tables, not rules to write again);
/// it stays pure: the same text gives the same answer.
#include <optional>
#include <string>
#include <string_view>

namespace scheduling {

/// "Bücher.example" → "xn--bcher-kva.example", in lower case; empty for what no domain can be called. ASCII names come
/// back in lower case. UTS #46 without transitional mappings, so "straße.example" stays a name of its own.
/// Thread: any.
std::optional<std::string> ascii_domain(std::string_view domain);

/// Unicode NFKC with case folding: equal for texts that read the same. What is no UTF-8 comes back as it is.
std::string folded_text(std::string_view text);

/// Letters without their marks, in lower case: "Café Größe" → "cafe grosse". What has no such letter stays.
std::string plain_letters(std::string_view text);

}  // namespace scheduling
