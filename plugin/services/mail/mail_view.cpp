#include "plugin/services/mail/mail_view.hpp"

#include "plugin/core/catalog/brand_colors.hpp"

namespace scheduling {
namespace {

/// Those of public.css.
constexpr std::string_view k_default_color = "#2f5bea";
constexpr std::string_view k_dark_mail_paper = "#1c2230";

View::List piece_views(const MailPieces& pieces) {
  View::List views;
  for (const MailPiece& piece : pieces) {
    View view;
    view.text("text", piece.text).text("url", piece.url);
    views.push_back(std::move(view));
  }
  return views;
}

View::List line_views(const MailParagraph& lines) {
  View::List views;
  for (const MailLine& line : lines) {
    View view;
    view.list("pieces", piece_views(line.pieces)).flag("is_soft", line.is_soft).flag("is_struck", line.is_struck);
    view.flag("is_first", &line == &lines.front());
    views.push_back(std::move(view));
  }
  return views;
}

View::List paragraph_views(const std::vector<MailParagraph>& paragraphs) {
  View::List views;
  for (const MailParagraph& paragraph : paragraphs) views.push_back(View().list("lines", line_views(paragraph)));
  return views;
}

View::List fact_views(const std::vector<MailFact>& facts) {
  View::List views;
  for (const MailFact& fact : facts) {
    View view;
    view.text("label", fact.label).list("lines", line_views(fact.lines)).flag("is_main", fact.is_main);
    views.push_back(view.flag("is_first", &fact == &facts.front()));
  }
  return views;
}

View::List button_views(const std::vector<MailButton>& buttons) {
  View::List views;
  for (const MailButton& button : buttons) {
    View view;
    view.text("label", button.label).text("url", button.url).flag("is_main", button.is_main);
    views.push_back(std::move(view));
  }
  return views;
}

View crm_view(const CrmNote& crm) {
  View view;
  view.text("title", crm.title).text("warning", crm.warning).text("nothing", crm.nothing);
  view.list("history", fact_views(crm.history));
  return view.text("contact_url", crm.contact.url).text("contact_label", crm.contact.label);
}

View::List text_views(const std::vector<std::string>& texts) {
  View::List views;
  for (const std::string& text : texts) views.push_back(View().text("text", text));
  return views;
}

void add_colors(View& view, const std::string& prefix, const BrandColors& colors) {
  view.text(prefix + "brand", colors.brand).text(prefix + "ink", colors.ink);
  view.text(prefix + "link", colors.text).text(prefix + "soft", colors.soft);
}

void add_brand(View& view, const MailFrame& frame) {
  const Branding branding = frame.branding.value_or(Branding{});
  const std::string color = branding.color.value_or(std::string(k_default_color));
  add_colors(view, "", brand_colors(color));
  add_colors(view, "dark_", brand_colors_on(k_dark_mail_paper, color));
  // A picture from anywhere else would tell its owner who reads when.
  const std::string logo = branding.logo_url.value_or("");
  view.text("logo_url", logo.starts_with("https://") ? logo : "").text("sender", frame.sender);
  view.text("website_url", branding.website_url.value_or(""));
}

void add_section(View& view, const std::string& name, View section, bool is_shown) {
  if (is_shown) view.part(name, std::move(section));
}

}  // namespace

View mail_view(const MailDocument& document, const MailFrame& frame) {
  const bool is_mirrored = frame.direction == "rtl";
  View view;
  view.text("lang", frame.language).text("dir", is_mirrored ? "rtl" : "ltr");
  view.text("start", is_mirrored ? "right" : "left").text("end", is_mirrored ? "left" : "right");
  add_brand(view, frame);
  view.text("subject", document.subject).text("preheader", document.preheader).text("heading", document.heading);
  view.text("greeting", document.greeting).list("body", paragraph_views(document.body));
  add_section(view, "notice", View().list("texts", text_views(document.notice)), !document.notice.empty());
  add_section(view, "message", View().list("paragraphs", paragraph_views(document.message)), !document.message.empty());
  view.list("facts", fact_views(document.facts));
  add_section(view, "answers", View().text("title", document.answers_title).list("facts", fact_views(document.answers)),
              !document.answers.empty());
  add_section(view, "actions", View().list("buttons", button_views(document.buttons)), !document.buttons.empty());
  add_section(view, "help", View().list("pieces", piece_views(document.help)), !document.help.empty());
  if (document.crm) view.part("crm", crm_view(*document.crm));
  return view.list("footer", text_views(document.footer));
}

}  // namespace scheduling
