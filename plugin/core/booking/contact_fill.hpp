#pragma once
/// What a booking may do to a contact that exists: fill what is empty, suggest what differs, overwrite
/// nothing (B-7).
#include <map>
#include <string>

namespace scheduling {

using ContactFields = std::map<std::string, std::string>;  ///< flat: "name", "phone" …

struct ContactFill {
  ContactFields fill;         ///< empty so far: write these
  ContactFields suggestions;  ///< differ: show these on the activity
  bool changes_contact() const { return !fill.empty(); }
};

/// Compares after trimming, ignoring ASCII case and inner runs of white space, so that "ada  lovelace"
/// suggests nothing for "Ada Lovelace". Phones (`phone`) compare by their digits.
ContactFill fill_contact(const ContactFields& existing, const ContactFields& offered);

}  // namespace scheduling
