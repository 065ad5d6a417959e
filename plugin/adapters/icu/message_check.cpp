#include "plugin/adapters/icu/message_check.hpp"

#include <unicode/locid.h>
#include <unicode/messagepattern.h>
#include <unicode/plurrule.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "plugin/core/result.hpp"

namespace scheduling {
namespace {

using Selectors = std::set<std::string>;

/// How a message uses one placeholder.
struct Placeholder {
  UMessagePatternArgType type = UMSGPAT_ARG_TYPE_NONE;
  Selectors selectors{};
};
using Placeholders = std::map<std::string, Placeholder>;

std::string utf8_of(const icu::UnicodeString& text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

/// Depth-first over the pattern's parts: an argument's selectors stand between its start and its limit.
Placeholders placeholders_of(const icu::MessagePattern& pattern) {
  Placeholders found;
  std::vector<std::string> open;
  UMessagePatternArgType type = UMSGPAT_ARG_TYPE_NONE;
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    const icu::MessagePattern::Part& part = pattern.getPart(i);
    switch (part.getType()) {
      case UMSGPAT_PART_TYPE_ARG_START: type = part.getArgType(); break;
      case UMSGPAT_PART_TYPE_ARG_NAME:
      case UMSGPAT_PART_TYPE_ARG_NUMBER: {
        open.push_back(utf8_of(pattern.getSubstring(part)));
        // Where a name is used twice, plain use beside a plural one is no second kind.
        Placeholder& placeholder = found[open.back()];
        if (placeholder.type == UMSGPAT_ARG_TYPE_NONE) placeholder.type = type;
        break;
      }
      case UMSGPAT_PART_TYPE_ARG_SELECTOR:
        found[open.back()].selectors.insert(utf8_of(pattern.getSubstring(part)));
        break;
      case UMSGPAT_PART_TYPE_ARG_LIMIT: open.pop_back(); break;
      default: break;
    }
  }
  return found;
}

Result<Placeholders> read_pattern(const std::string& text) {
  if (text.find('\'') != std::string::npos)
    return fail(Code::broken, "write the apostrophe as \u2019; the straight one (') has a meaning of its own here");
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  const icu::MessagePattern pattern(icu::UnicodeString::fromUTF8(text), &where, status);
  if (U_SUCCESS(status)) return placeholders_of(pattern);
  const std::string near =
      utf8_of(icu::UnicodeString(where.preContext)) + utf8_of(icu::UnicodeString(where.postContext));
  return fail(Code::broken, "the braces { } do not fit together near \"" + near + "\"");
}

std::string listed(const Selectors& all) {
  std::string list;
  for (const std::string& one : all) list += (list.empty() ? "" : ", ") + one;
  return list;
}

/// The plural forms of a language. Required are those that a number of our size may take: French has "many" for
/// millions, which no meeting needs.
struct PluralForms {
  explicit PluralForms(const std::string& language) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::PluralRules> rules(icu::PluralRules::forLocale(icu::Locale(language.c_str()), status));
    if (U_FAILURE(status)) return;
    const std::unique_ptr<icu::StringEnumeration> keywords(rules->getKeywords(status));
    for (const icu::UnicodeString* each = nullptr; U_SUCCESS(status) && (each = keywords->snext(status)) != nullptr;)
      known.insert(utf8_of(*each));
    for (std::int32_t number = 0; number <= 200; ++number) required.insert(utf8_of(rules->select(number)));
    required.insert("other");
  }
  Selectors known{};
  Selectors required{};
};

class TranslationCheck {
 public:
  TranslationCheck(const MessageFile& file, const std::string& language, const MessageFile& english)
      : file_(file), forms_(language), english_(english) {}

  std::vector<std::string> offences() {
    std::map<std::string, const MessageLine*> wanted;
    for (const MessageLine& line : english_.messages) wanted.emplace(line.key, &line);
    for (const MessageLine& line : file_.messages) {
      line_ = &line;
      const auto found = wanted.find(line.key);
      if (found == wanted.end()) {
        object("is no key of " + english_.name);
        continue;
      }
      check(*found->second);
      wanted.erase(found);
    }
    for (const auto& [key, line] : wanted)
      offences_.push_back(file_.name + ": " + key + ": is missing; English says \"" + line->pattern + "\"");
    return std::move(offences_);
  }

 private:
  void object(const std::string& what) {
    offences_.push_back(file_.name + ":" + std::to_string(line_->line) + ": " + line_->key + ": " + what);
  }

  void check(const MessageLine& english) {
    const auto own = read_pattern(line_->pattern);
    if (!own) return object(own.error().detail);
    const auto theirs = read_pattern(english.pattern);
    if (!theirs) return;  // reported with the English file
    for (const auto& [name, placeholder] : *own) {
      const auto found = theirs->find(name);
      if (found == theirs->end())
        object("there is no {" + name + "} here; English says \"" + english.pattern + "\"");
      else
        check(name, placeholder, found->second);
    }
    for (const auto& [name, placeholder] : *theirs)
      if (!own->contains(name)) object("{" + name + "} is missing; English says \"" + english.pattern + "\"");
  }

  void check(const std::string& name, const Placeholder& own, const Placeholder& english) {
    if (own.type == UMSGPAT_ARG_TYPE_PLURAL) check_forms(name, own.selectors);
    if (own.type == UMSGPAT_ARG_TYPE_SELECT && english.type == own.type && own.selectors != english.selectors)
      object("{" + name + "} chooses between " + listed(own.selectors) + "; it must be " + listed(english.selectors));
    // A language without plural forms may write {count} where English needs {count, plural, …}.
    const bool is_counted = english.type == UMSGPAT_ARG_TYPE_PLURAL || own.type == UMSGPAT_ARG_TYPE_PLURAL;
    if (own.type != english.type && !is_counted) object("{" + name + "} must be used as in English");
  }

  void check_forms(const std::string& name, const Selectors& used) {
    for (const std::string& form : used)
      if (!form.starts_with('=') && !forms_.known.contains(form))
        object("{" + name + "}: this language has no plural form \"" + form + "\", only " + listed(forms_.known));
    for (const std::string& form : forms_.required)
      if (!used.contains(form)) object("{" + name + "}: the plural form \"" + form + "\" is missing");
  }

  const MessageFile& file_;
  PluralForms forms_;
  const MessageFile& english_;
  const MessageLine* line_ = nullptr;
  std::vector<std::string> offences_;
};

}  // namespace

std::vector<std::string> message_offences(const MessageFile& file, const std::string& language,
                                          const MessageFile& english) {
  std::vector<std::string> offences = file.offences;
  const std::vector<std::string> more = TranslationCheck(file, language, english).offences();
  offences.insert(offences.end(), more.begin(), more.end());
  return offences;
}

}  // namespace scheduling
