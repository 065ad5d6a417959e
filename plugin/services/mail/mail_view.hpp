#pragma once
/// A mail's content as the templates "mail" and "mail_text" take it.
#include <optional>
#include <string>

#include "plugin/core/catalog/branding.hpp"
#include "plugin/ports/presentation/html_renderer.hpp"
#include "plugin/services/mail/mail_document.hpp"

namespace scheduling {

/// What surrounds the content.
struct MailFrame {
  std::string language;
  std::string direction = "ltr";  ///< or "rtl"
  std::string sender;
  std::optional<Branding> branding;
};

View mail_view(const MailDocument& document, const MailFrame& frame);

}  // namespace scheduling
