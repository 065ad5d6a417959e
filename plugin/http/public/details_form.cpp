#include "plugin/http/public/details_form.hpp"

#include <algorithm>

#include "plugin/core/text/person_name.hpp"
#include "plugin/core/text/plain_text.hpp"
#include "plugin/http/invitations/invited.hpp"
#include "plugin/http/public/prefill.hpp"

namespace scheduling {
namespace {

struct FormField {
  std::string name;
  std::string label;
  bool required = false;
  std::string hint{};
  std::string input_type = "text";
  std::string autocomplete{};
  std::string inputmode{};
  std::size_t length_max = k_line_length_max;
};

class DetailsForm {
 public:
  DetailsForm(const PublicTexts& texts, const FormBody& values, const std::vector<FieldError>& errors, TypedBy typed_by,
              std::string region)
      : texts_(texts),
        values_(values),
        errors_(errors),
        is_fitted_(typed_by == TypedBy::link),
        region_(std::move(region)) {
    is_shortened_ = is_fitted_ && values_.has("shortened");
  }

  void line(const FormField& field) {
    std::string value = fitted(values_.value(field.name), field.length_max);
    std::ranges::replace(value, '\n', ' ');
    fields_.push_back(typed(field, std::move(value)).flag("is_line", true));
  }
  /// The first number brings the country in front of it, which goes for all numbers of the form.
  void phone(FormField field) {
    field.input_type = "tel";
    field.hint = texts_.text("phone_hint");
    if (!has_region_) region();
    has_region_ = true;
    line(field);
  }
  void area(const FormField& field) {
    fields_.push_back(typed(field, fitted(values_.value(field.name), field.length_max)).flag("is_area", true));
  }

  /// The label is the host's text.
  void consent(const std::string& text, bool required) {
    tick({.name = "consent", .label = text, .required = required});
  }

  void question(const Question& question) {
    FormField field{answer_field(question.id), question.label, question.required};
    field.length_max = k_answer_line_length_max;
    switch (question.type) {
      case QuestionType::textarea: field.length_max = k_area_length_max; return area(field);
      case QuestionType::select: return chosen(field, question, "is_select", "");
      case QuestionType::radio: return chosen(field, question, "is_choices", "radio");
      case QuestionType::multiselect: return chosen(field, question, "is_choices", "checkbox");
      case QuestionType::checkbox:
        if (question.takes_several()) return chosen(field, question, "is_choices", "checkbox");
        return tick(field);
      case QuestionType::phone: return phone(std::move(field));
      case QuestionType::email: field.input_type = "email"; return line(field);
      case QuestionType::url:
        field.input_type = "url";
        field.inputmode = "url";
        return line(field);
      case QuestionType::number: field.inputmode = "decimal"; return line(field);
      case QuestionType::text: return line(field);
    }
  }

  View view() && {
    View out;
    const std::string guests = fitted(joined(values_.values("guests")), k_guests_length_max);
    const std::string guests_error = error_of("guests");
    out.text("guests", guests).text("guests_error", guests_error).text("start_error", error_of("start"));
    out.flag("guests_open", !guests.empty() || !guests_error.empty());
    View::List summary;
    for (const FieldError& error : errors_)
      summary.push_back(View().text("id", anchor_of(error.field)).text("message", text_of(error)));
    out.flag("has_errors", !summary.empty());
    out.text("errors_title", texts_.text(summary.size() == 1 ? "errors_one" : "errors_many"));
    out.list("errors", std::move(summary));
    out.list("hidden", hidden());
    out.text("prefill_shortened", is_shortened_ ? texts_.text("prefill_shortened") : "");
    out.text("prefill_unfit", unfit_.empty() ? "" : texts_.text("prefill_unfit", "labels", unfit_));
    out.flag("has_prefill_note", is_shortened_ || !unfit_.empty());
    out.list("fields", std::move(fields_));
    return out;
  }

 private:
  View base(const FormField& field) const {
    const std::string error = error_of(field.name);
    std::string described;
    if (!field.hint.empty()) described = field.name + "-hint";
    if (!error.empty()) described += (described.empty() ? "" : " ") + field.name + "-error";
    View view;
    view.text("id", field.name).text("name", field.name).text("label", field.label).flag("required", field.required);
    view.text("hint", field.hint).text("error", error).text("described_by", described);
    // Each field has its own, so that a name never leaks in from the level above.
    return view.flag("is_line", false)
        .flag("is_area", false)
        .flag("is_select", false)
        .flag("is_region", false)
        .flag("is_choices", false)
        .flag("is_tick", false);
  }

  View typed(const FormField& field, std::string value) const {
    View view = base(field);
    view.text("value", std::move(value)).text("input_type", field.input_type);
    view.text("autocomplete", field.autocomplete).text("inputmode", field.inputmode);
    return view.text("maxlength", std::to_string(field.length_max));
  }

  static std::string joined(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) all += (all.empty() ? "" : "\n") + line;
    return all;
  }

  /// A link's value, cut to what its field takes.
  std::string fitted(std::string value, std::size_t length_max) {
    const std::string_view first = first_characters(value, length_max);
    if (!is_fitted_ || first.size() == value.size()) return value;
    is_shortened_ = true;
    return std::string(first);
  }

  void note_unfit(const FormField& field) {
    if (is_fitted_) unfit_ += (unfit_.empty() ? "" : ", ") + field.label;
  }

  void chosen(const FormField& field, const Question& question, const char* kind, const char* choice_type) {
    View view = base(field);
    const std::vector<std::string> ticked = values_.values(field.name);
    View::List options;
    for (std::size_t i = 0; i < question.options.size(); ++i) {
      const std::string& option = question.options[i];
      View item;
      item.text("value", option).flag("is_chosen", std::ranges::find(ticked, option) != ticked.end());
      // The first option carries the field's own id: links from the error summary lead there.
      item.text("option_id", i == 0 ? field.name : field.name + "-" + std::to_string(i));
      options.push_back(std::move(item));
    }
    const auto is_offered = [&](const std::string& one) {
      return std::ranges::find(question.options, one) != question.options.end();
    };
    if (!std::ranges::all_of(ticked, is_offered)) note_unfit(field);
    fields_.push_back(view.list("options", std::move(options)).text("choice_type", choice_type).flag(kind, true));
  }

  void region() {
    View::List options;
    for (const PhoneCountry& country : texts_.phone_countries()) {
      View option;
      option.text("value", country.code).text("text", country.label).flag("is_chosen", country.code == region_);
      options.push_back(std::move(option));
    }
    const FormField field{.name = "phone_region", .label = texts_.text("phone_region")};
    fields_.push_back(base(field).list("options", std::move(options)).flag("is_region", true));
  }

  void tick(const FormField& field) {
    const std::string value = values_.value(field.name);
    const bool is_ticked = value == "true" || value == "on" || value == "1" || value == "yes";
    if (!is_ticked && !value.empty() && value != "false" && value != "off" && value != "0" && value != "no")
      note_unfit(field);
    fields_.push_back(base(field).flag("is_tick", true).flag("is_chosen", is_ticked));
  }

  /// "guests[1]" and "answers.size" belong to the fields "guests" and "answers.size".
  static std::string anchor_of(const std::string& field) { return field.substr(0, field.find('[')); }

  std::string label_of(const std::string& field) const {
    for (const View& view : fields_)
      if (std::get<std::string>(view.values().at("id")) == field)
        return std::get<std::string>(view.values().at("label"));
    if (field == "start") return texts_.text("time");
    return field == "guests" ? texts_.text("guests") : std::string();
  }

  std::string text_of(const FieldError& error) const {
    const std::string label = label_of(anchor_of(error.field));
    std::string message = texts_.field_error(error);
    if (label.empty()) return message;
    return texts_.text("field_error", MessageArgs().text("label", label).text("message", std::move(message)));
  }

  std::string error_of(const std::string& name) const {
    for (const FieldError& error : errors_)
      if (anchor_of(error.field) == name) return texts_.field_error(error);
    return {};
  }

  View::List hidden() const {
    View::List list;
    for (const auto& [name, value] : values_.fields())
      if ((name.starts_with("utm_") || name == "locale" || name == k_invite) && !value.empty())
        list.push_back(View().text("name", name).text("value", value));
    return list;
  }

  const PublicTexts& texts_;
  const FormBody& values_;
  const std::vector<FieldError>& errors_;
  const bool is_fitted_;
  bool is_shortened_ = false;
  std::string unfit_{};  ///< labels of choices that a link wanted otherwise
  std::string region_;
  bool has_region_ = false;
  View::List fields_;
};

}  // namespace

View details_form(const PublicTexts& texts, const MeetingTypeContent& type, const FormBody& values,
                  const std::vector<FieldError>& errors, TypedBy typed_by, const FormZones& zones) {
  DetailsForm form(texts, values, errors, typed_by,
                   values.has("phone_region") ? values.value("phone_region") : texts.region(zones.booker));
  form.line({.name = "attendee_name",
             .label = texts.text("name"),
             .required = true,
             .autocomplete = "name",
             .length_max = k_person_name_visible_max});
  form.line({.name = "attendee_email",
             .label = texts.text("email"),
             .required = true,
             .hint = texts.text("email_hint"),
             .input_type = "email",
             .autocomplete = "email"});
  if (type.location_type == LocationType::phone || !values.value("phone").empty())
    form.phone({.name = "phone",
                .label = texts.text("phone"),
                .required = texts.is_attendee_called(type, zones.page),
                .autocomplete = "tel",
                .length_max = k_phone_length_max});
  for (const Question& question : type.questions) form.question(question);
  form.area({.name = "notes", .label = texts.text("notes"), .length_max = k_area_length_max});
  if (type.settings.consent_text) form.consent(*type.settings.consent_text, type.settings.needs_consent());
  return std::move(form).view();
}

}  // namespace scheduling
