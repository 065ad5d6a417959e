#include "plugin/http/public/details_form.hpp"

#include <algorithm>

#include "plugin/http/public/booking_codec.hpp"

namespace scheduling {
namespace {

struct FieldLook {
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
  DetailsForm(const PageWords& words, const FormBody& values, const std::vector<FieldError>& errors)
      : words_(words), values_(values), errors_(errors) {}

  void line(const FieldLook& look) { fields_.push_back(typed(look).flag("is_line", true)); }
  void area(const FieldLook& look) { fields_.push_back(typed(look).flag("is_area", true)); }

  void question(const Question& question) {
    FieldLook look{answer_field(question.id), question.label, question.required};
    look.maxlength = "1000";
    switch (question.type) {
      case QuestionType::textarea: look.maxlength = "5000"; return area(look);
      case QuestionType::select: return chosen(look, question, "is_select", "");
      case QuestionType::radio: return chosen(look, question, "is_choices", "radio");
      case QuestionType::multiselect: return chosen(look, question, "is_choices", "checkbox");
      case QuestionType::checkbox:
        if (question.takes_several()) return chosen(look, question, "is_choices", "checkbox");
        return tick(look);
      case QuestionType::phone:
        look.input_type = "tel";
        look.hint = words_.word("phone_hint");
        return line(look);
      case QuestionType::email: look.input_type = "email"; return line(look);
      case QuestionType::url:
        look.input_type = "url";
        look.inputmode = "url";
        return line(look);
      case QuestionType::number: look.inputmode = "decimal"; return line(look);
      case QuestionType::text: return line(look);
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
    out.text("errors_title", words_.word(summary.size() == 1 ? "errors_one" : "errors_many"));
    out.list("errors", std::move(summary));
    out.list("hidden", hidden());
    out.list("fields", std::move(fields_));
    return out;
  }

 private:
  View base(const FieldLook& look) const {
    const std::string error = error_of(look.name);
    std::string described;
    if (!look.hint.empty()) described = look.name + "-hint";
    if (!error.empty()) described += (described.empty() ? "" : " ") + look.name + "-error";
    View view;
    view.text("id", look.name).text("name", look.name).text("label", look.label).flag("required", look.required);
    view.text("hint", look.hint).text("error", error).text("described_by", described);
    // Each field has its own, so that a name never leaks in from the level above.
    return view.flag("is_line", false)
        .flag("is_area", false)
        .flag("is_select", false)
        .flag("is_choices", false)
        .flag("is_tick", false);
  }

  View typed(const FieldLook& look) const {
    View view = base(look);
    view.text("value", values_.value(look.name)).text("input_type", look.input_type);
    view.text("autocomplete", look.autocomplete).text("inputmode", look.inputmode).text("maxlength", look.maxlength);
    return view;
  }

  void chosen(const FieldLook& look, const Question& question, const char* kind, const char* choice_type) {
    View view = base(look);
    const std::vector<std::string> ticked = values_.values(look.name);
    View::List options;
    for (std::size_t i = 0; i < question.options.size(); ++i) {
      const std::string& option = question.options[i];
      View item;
      item.text("value", option).flag("is_chosen", std::ranges::find(ticked, option) != ticked.end());
      // The first option carries the field's own id: links from the error summary lead there.
      item.text("option_id", i == 0 ? look.name : look.name + "-" + std::to_string(i));
      options.push_back(std::move(item));
    }
    fields_.push_back(view.list("options", std::move(options)).text("choice_type", choice_type).flag(kind, true));
  }

  void tick(const FieldLook& look) {
    const std::string value = values_.value(look.name);
    fields_.push_back(base(look).flag("is_tick", true).flag("is_chosen", value == "true" || value == "on"));
  }

  /// "guests[1]" and "answers.size" belong to the fields "guests" and "answers.size".
  static std::string anchor_of(const std::string& field) { return field.substr(0, field.find('[')); }

  std::string label_of(const std::string& field) const {
    for (const View& view : fields_)
      if (std::get<std::string>(view.values().at("id")) == field)
        return std::get<std::string>(view.values().at("label"));
    return field == "guests" ? words_.word("guests") : std::string();
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

  const PageWords& words_;
  const FormBody& values_;
  const std::vector<FieldError>& errors_;
  View::List fields_;
};

}  // namespace

View details_form(const PageWords& words, const MeetingTypeContent& type, const FormBody& values,
                  const std::vector<FieldError>& errors) {
  DetailsForm form(words, values, errors);
  form.line({.name = "attendee_name", .label = words.word("name"), .required = true, .autocomplete = "name"});
  form.line({.name = "attendee_email",
             .label = words.word("email"),
             .required = true,
             .hint = words.word("email_hint"),
             .input_type = "email",
             .autocomplete = "email"});
  if (type.location_type == LocationType::phone)
    form.line({.name = "phone",
               .label = words.word("phone"),
               .hint = words.word("phone_hint"),
               .input_type = "tel",
               .autocomplete = "tel",
               .maxlength = "40"});
  for (const Question& question : type.questions) form.question(question);
  form.area({.name = "notes", .label = words.word("notes"), .maxlength = "5000"});
  return std::move(form).view();
}

}  // namespace scheduling
