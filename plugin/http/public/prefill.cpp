#include "plugin/http/public/prefill.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "plugin/core/text/plain_text.hpp"
#include "plugin/http/embedding.hpp"
#include "plugin/http/invitations/invited.hpp"

namespace scheduling {
namespace {

using crm::sdk::Request;

struct Prefillable {
  std::string_view name;   ///< in a link
  std::string_view field;  ///< of the form
  std::size_t length_max;
  bool has_lines = false;
};

constexpr std::array<Prefillable, 9> k_prefillable{{
    {"attendee_name", "attendee_name", k_line_length_max},
    {"attendee_email", "attendee_email", k_line_length_max},
    {"name", "attendee_name", k_line_length_max},
    {"email", "attendee_email", k_line_length_max},
    {"phone", "phone", k_phone_length_max},
    {"phone_region", "phone_region", 2},
    {"notes", "notes", k_area_length_max, true},
    {"guests", "guests", k_guests_length_max, true},
    {"locale", "locale", 35},
}};

constexpr std::string_view k_shortened = "shortened";
/// Together, encoded: the host reads addresses of 8 KiB, and the flow adds its own parameters.
constexpr std::size_t k_kept_bytes_max = 7000;
/// Characters; a shorter value is left out rather than cut.
constexpr std::size_t k_worth_keeping = 20;

/// The query as it was sent, each parameter by itself, so that one that cannot be read hides no other.
FormBody::Fields fields_of(std::string_view target) {
  FormBody::Fields fields;
  const std::size_t mark = target.find('?');
  std::string_view rest = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    if (const auto one = FormBody::parse(rest.substr(0, end)))
      for (const auto& field : one->fields())
        if (!one->text(field.first).empty()) fields.push_back(field);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return fields;
}

std::optional<Prefillable> prefillable(std::string_view name) {
  if (name.starts_with("utm_") && name.size() <= 44) return Prefillable{name, name, k_line_length_max};
  if (!question_in(name).empty()) return Prefillable{name, name, k_area_length_max, true};
  const auto known = std::ranges::find(k_prefillable, name, &Prefillable::name);
  return known == k_prefillable.end() ? std::nullopt : std::optional(*known);
}

std::string own_name(std::string_view field) {
  const std::string_view question = question_in(field);
  return question.empty() ? std::string(field) : answer_field(question);
}

std::string on_one_line(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return text;
}

/// Who writes an address by hand forgets that a plus in a query is a space. Neither address nor number holds one there.
std::string with_plus(const Prefillable& known, std::string text) {
  if (known.field == "phone" && text.size() > 1 && text[0] == ' ' && text[1] >= '0' && text[1] <= '9') text[0] = '+';
  text = trimmed(text);
  if (known.field == "attendee_email") std::ranges::replace(text, ' ', '+');
  return text;
}

class Kept {
 public:
  void add(const Prefillable& known, const std::string& sent) {
    const std::string name = own_name(known.field);
    const bool may_repeat = name == "guests" || name.starts_with("answers.");
    if (!may_repeat && std::ranges::find(all_, name, &QueryParameters::value_type::first) != all_.end()) return;
    std::string value = with_plus(known, known.has_lines ? sent : on_one_line(sent));
    const std::string_view fitting = first_characters(value, known.length_max);
    // Nobody sees marketing values, so nobody is told of those.
    if (fitting.size() < value.size() && !name.starts_with("utm_")) is_shortened_ = true;
    value.resize(fitting.size());
    all_.emplace_back(name, std::move(value));
  }

  QueryParameters take(bool was_shortened) && {
    while (size() > k_kept_bytes_max) {
      const auto longest = std::ranges::max_element(all_, {}, encoded_size);
      if (const std::size_t length = length_of(longest->second); length > k_worth_keeping)
        longest->second = first_characters(longest->second, length / 2);
      else
        all_.erase(longest);
      is_shortened_ = true;
    }
    if (is_shortened_ || was_shortened) all_.emplace_back(k_shortened, "1");
    return std::move(all_);
  }

 private:
  static std::size_t encoded_size(const QueryParameters::value_type& each) {
    return crm::sdk::url_encoded(each.first).size() + crm::sdk::url_encoded(each.second).size() + 2;
  }
  std::size_t size() const {
    std::size_t bytes = 0;
    for (const auto& each : all_) bytes += encoded_size(each);
    return bytes;
  }

  QueryParameters all_;
  bool is_shortened_ = false;
};

}  // namespace

std::string_view question_in(std::string_view field) {
  if (!field.starts_with("answers")) return {};
  field.remove_prefix(7);
  if (field.ends_with("[]")) field.remove_suffix(2);
  if (field.starts_with('.')) return field.substr(1);
  if (field.size() > 2 && field.starts_with('[') && field.ends_with(']')) return field.substr(1, field.size() - 2);
  return {};
}

std::string answer_field(std::string_view question_id) {
  return "answers." + std::string(question_id);
}

QueryParameters kept_parameters(const Request& request, KeepZone keep_zone) {
  Kept kept;
  const FormBody::Fields fields = fields_of(request.target);
  bool was_shortened = false;
  // The long names first: who writes both means them.
  for (const bool is_short : {false, true})
    for (const auto& [name, value] : fields) {
      was_shortened = was_shortened || name == k_shortened;
      const auto known = prefillable(name);
      if (known && is_short == (name == "name" || name == "email")) kept.add(*known, value);
    }
  QueryParameters all = std::move(kept).take(was_shortened);
  if (const auto zone = request.query_value("timezone"); zone && keep_zone == KeepZone::yes)
    all.emplace_back("timezone", *zone);
  if (auto invite = invite_in(request)) all.emplace_back(k_invite, std::move(*invite));
  if (is_embedded(request)) all.emplace_back(k_embed, "1");
  return all;
}

FormBody prefilled(const Request& request) {
  return FormBody::of(kept_parameters(request, KeepZone::no));
}

FormBody with_own_names(const FormBody& form) {
  FormBody::Fields fields;
  for (const auto& [name, value] : form.fields()) fields.emplace_back(own_name(name), value);
  return FormBody::of(std::move(fields));
}

}  // namespace scheduling
