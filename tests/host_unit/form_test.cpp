#include "crm/sdk/form.hpp"

#include <gtest/gtest.h>

namespace crm::sdk {
namespace {

TEST(Form, IsReadAsBrowsersSendIt) {
  const auto form = Form::parse("name=Ann+B%C3%A9&note=one%0D%0Atwo%0D%0A&pick=a&pick=b&empty=&flag&&=x");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->value("name"), "Ann B\xC3\xA9");
  EXPECT_EQ(form->value("note"), "one\ntwo\n") << "CR LF is what browsers make of a line break";
  EXPECT_EQ(form->text("note"), "one\ntwo");
  EXPECT_EQ(form->values("pick"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(form->value("pick"), "a");
  EXPECT_TRUE(form->has("empty") && form->has("flag") && !form->has("absent"));
  EXPECT_EQ(form->value("absent"), "");
  EXPECT_EQ(form->fields().size(), 7u);
}

TEST(Form, ThatCannotBeReadIsRefusedAsAWhole) {
  for (const char* bad : {"a=%", "a=%4", "a=%zz", "a=b&c=%FF", "a=%00", "%C3=1", "a=%ED%A0%80"}) {
    EXPECT_FALSE(Form::parse(bad)) << bad;
    EXPECT_TRUE(Form::read(bad).fields().empty()) << bad;
  }
  std::string many;
  for (std::size_t i = 0; i < Form::k_fields_max; ++i) many += "f=1&";
  EXPECT_TRUE(Form::parse(many));
  EXPECT_FALSE(Form::parse(many + "f=1"));
}

TEST(Form, GivesNoTextWithControlCharacters) {
  const auto form = Form::parse("a=%20x%09y%0Az%20&b=x%1By&c=%20&d=%C2%85");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->text("a"), "x\ty\nz");
  EXPECT_EQ(form->text("b") + form->text("c") + form->text("d"), "");
  EXPECT_EQ(form->value("b"), "x\x1By") << "passwords are compared as they were sent";
}

TEST(Form, FindsOneFieldWithoutReadingTheOthers) {
  EXPECT_EQ(Form::find("a=%zz&csrf_token=pr%6Fof&b=1", "csrf_token"), "proof");
  EXPECT_EQ(Form::find("xcsrf_token=1&csrf_tokens=2", "csrf_token"), std::nullopt);
  EXPECT_EQ(Form::find("csrf_token=%zz", "csrf_token"), std::nullopt);
}

TEST(Form, UrlEncodingComesBackAsItWas) {
  const std::string text = "a b&c=d/\xC3\xBC?+%";
  EXPECT_EQ(url_encoded(text), "a%20b%26c%3Dd%2F%C3%BC%3F%2B%25");
  EXPECT_EQ(Form::parse("x=" + url_encoded(text))->value("x"), text);
}

}  // namespace
}  // namespace crm::sdk
