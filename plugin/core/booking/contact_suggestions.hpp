#pragma once
/// What a public form says of a contact and its record does not: nothing of it is written, all of it is suggested
/// (B-7). Whoever types an address has not proved that it is theirs.
#include <map>
#include <string>
#include <vector>

namespace scheduling {

using ContactFields = std::map<std::string, std::string>;  ///< flat: "name", "phone" …

/// One value that somebody may take over into the record.
struct FieldSuggestion {
  std::string field;
  std::string current;  ///< as the record has it; empty: it says nothing
  std::string proposed;
  friend bool operator==(const FieldSuggestion&, const FieldSuggestion&) = default;
};

/// By field. Compares after trimming, ignoring ASCII case and inner runs of white space, so that "ada  lovelace"
/// suggests nothing for "Ada Lovelace". Phones (`phone`) compare by their digits.
std::vector<FieldSuggestion> suggest_fields(const ContactFields& existing, const ContactFields& offered);

}  // namespace scheduling
