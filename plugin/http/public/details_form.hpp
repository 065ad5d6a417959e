#pragma once
/// The form with which a prospect books: fields, values already typed, and what is wrong with them.
#include <string>
#include <vector>

#include "plugin/core/catalog/meeting_type.hpp"
#include "plugin/core/error.hpp"
#include "plugin/http/form_body.hpp"
#include "plugin/http/public/public_texts.hpp"

namespace scheduling {

/// The country in front of phone numbers begins as that of the booker's zone.
struct FormZones {
  ZoneId booker;
  ZoneId page;
};

/// Values for the `details` template: fields, errors with links to their fields, guests, hidden values.
/// `values`: what was typed, or what the link prefills. `errors`: those of the refused request.
View details_form(const PublicTexts& texts, const MeetingTypeContent& type, const FormBody& values,
                  const std::vector<FieldError>& errors, const FormZones& zones);

}  // namespace scheduling
