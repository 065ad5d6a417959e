#include "plugin/http/public/details_form.hpp"

#include <algorithm>

#include "plugin/http/public/booking_codec.hpp"

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
  std::string maxlength = "255";
};

class DetailsForm {
 public:
  DetailsForm(const PublicTexts& texts, const FormBody& values, const std::vector<FieldError>& errors)
      : texts_(texts), values_(values), errors_(errors) {}

  void line(const FormField& field) { fields_.push_back(typed(field).flag("is_line", true)); }
  void area(const FormField& field) { fields_.push_back(typed(field).flag("is_area", true)); }

  void question(const Question& question) {
    FormField field{answer_field(question.id), question.label, question.required};
    field.maxlength = "1000";
    switch (question.type) {
      case QuestionType::textarea: field.maxlength = "5000"; return area(field);
      case QuestionType::select: return chosen(field, question, "is_select", "");
      case QuestionType::radio: return chosen(field, question, "is_choices", "radio");
      case QuestionType::multiselect: return chosen(field, question, "is_choices", "checkbox");
      case QuestionType::checkbox:
        if (question.takes_several()) return chosen(field, question, "is_choices", "checkbox");
        return tick(field);
      case QuestionType::phone:
        field.input_type = "tel";
        field.hint = texts_.text("phone_hint");
        return line(field);
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
    const std::string guests = values_.value("guests");
    const std::string guests_error = error_of("guests");
    out.text("guests", guests).text("guests_error", guests_error);
    out.flag("guests_open", !guests.empty() || !guests_error.empty());
    View::List summary;
    for (const FieldError& error : errors_)
      summary.push_back(View().text("id", anchor_of(error.field)).text("message", text_of(error)));
    out.flag("has_errors", !summary.empty());
    out.text("errors_title", texts_.text(summary.size() == 1 ? "errors_one" : "errors_many"));
    out.list("errors", std::move(summary));
    out.list("hidden", hidden());
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
        .flag("is_choices", false)
        .flag("is_tick", false);
  }

  View typed(const FormField& field) const {
    View view = base(field);
    view.text("value", values_.value(field.name)).text("input_type", field.input_type);
    view.text("autocomplete", field.autocomplete).text("inputmode", field.inputmode).text("maxlength", field.maxlength);
    return view;
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
    fields_.push_back(view.list("options", std::move(options)).text("choice_type", choice_type).flag(kind, true));
  }

  void tick(const FormField& field) {
    const std::string value = values_.value(field.name);
    fields_.push_back(base(field).flag("is_tick", true).flag("is_chosen", value == "true" || value == "on"));
  }

  /// "guests[1]" and "answers.size" belong to the fields "guests" and "answers.size".
  static std::string anchor_of(const std::string& field) { return field.substr(0, field.find('[')); }

  std::string label_of(const std::string& field) const {
    for (const View& view : fields_)
      if (std::get<std::string>(view.values().at("id")) == field)
        return std::get<std::string>(view.values().at("label"));
    return field == "guests" ? texts_.text("guests") : std::string();
  }

  std::string text_of(const FieldError& error) const {
    const std::string label = label_of(anchor_of(error.field));
    return label.empty() ? error.message : label + ": " + error.message;
  }

  std::string error_of(const std::string& name) const {
    for (const FieldError& error : errors_)
      if (anchor_of(error.field) == name) return error.message;
    return {};
  }

  View::List hidden() const {
    View::List list;
    for (const auto& [name, value] : values_.fields())
      if ((name.starts_with("utm_") || name == "locale") && !value.empty())
        list.push_back(View().text("name", name).text("value", value));
    return list;
  }

  const PublicTexts& texts_;
  const FormBody& values_;
  const std::vector<FieldError>& errors_;
  View::List fields_;
};

}  // namespace

View details_form(const PublicTexts& texts, const MeetingTypeContent& type, const FormBody& values,
                  const std::vector<FieldError>& errors) {
  DetailsForm form(texts, values, errors);
  form.line({.name = "attendee_name",
             .label = texts.text("name"),
             .required = true,
             .autocomplete = "name",
             .maxlength = "80"});
  form.line({.name = "attendee_email",
             .label = texts.text("email"),
             .required = true,
             .hint = texts.text("email_hint"),
             .input_type = "email",
             .autocomplete = "email"});
  if (type.location_type == LocationType::phone)
    form.line({.name = "phone",
               .label = texts.text("phone"),
               .hint = texts.text("phone_hint"),
               .input_type = "tel",
               .autocomplete = "tel",
               .maxlength = "40"});
  for (const Question& question : type.questions) form.question(question);
  form.area({.name = "notes", .label = texts.text("notes"), .maxlength = "5000"});
  return std::move(form).view();
}

}  // namespace scheduling
