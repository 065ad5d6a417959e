#include "crm/sdk/json_input.hpp"

#include <gtest/gtest.h>

#include "crm/sdk/instant_text.hpp"

namespace crm::sdk {
namespace {

Request request_with(const std::string& body, std::string_view type = "application/json") {
  Request request;
  request.body = body;
  request.headers = {{"Content-Type", type}};
  return request;
}

/// What reading {"t":text,"n":0…100,"b":bool,"o":{"k":…},"l":[…],"x":anything} says; "" when it is fine.
std::string verdict(const std::string& body) {
  const Request request = request_with(body);
  auto input = JsonInput::from_body(request);
  if (!input) return std::to_string(input.error().status) + " " + input.error().body;
  input->text("t", {.min = 1, .max = 5});
  input->integer("n", 0, 100);
  input->boolean("b");
  if (auto inner = input->object("o")) inner->integer("k", 0, 9);
  if (auto list = input->objects("l", 3))
    for (JsonInput& item : *list) item.text("s");
  input->anything("x");
  const auto refusal = input->refusal();
  return refusal ? std::to_string(refusal->status) + " " + refusal->body : "";
}

void expect(const std::string& body, const std::string& part) {
  EXPECT_NE(verdict(body).find(part), std::string::npos) << body << "\n" << verdict(body);
}

TEST(JsonInput, AcceptsWhatFollowsTheRules) {
  EXPECT_EQ(verdict(R"({"t":"äöüßé","n":100,"b":false,"o":{"k":1},"l":[{"s":""}],"x":{"any":[1,{"d":2.5}]}})"), "");
  EXPECT_EQ(verdict(R"({"t":null,"n":null,"o":null,"l":null,"x":null})"), "");
  EXPECT_EQ(verdict("{}"), "");
}

TEST(JsonInput, NamesTheFieldAndTheRule) {
  expect(R"({"t":5})", R"(422 )");
  expect(R"({"t":5})", R"("field":"t","code":"wrong_type")");
  expect(R"({"t":"  "})", R"("field":"t","code":"required")");
  expect(R"({"t":"sixsix"})", R"("field":"t","code":"too_long")");
  expect(R"({"t":"a\u0000"})", R"("field":"t","code":"invalid_text")");
  expect(R"({"t":"a\u0085"})", R"("field":"t","code":"invalid_text")");
  expect("{\"t\":\"\xC0\xAF\"}", R"("field":"t","code":"invalid_text")");
  expect("{\"t\":\"a\x01\"}", R"("field":"t","code":"invalid_text")");
  expect(R"({"n":101})", R"("field":"n","code":"out_of_range")");
  expect(R"({"n":-9223372036854775809})", R"("field":"n","code":"out_of_range")");
  expect(R"({"n":1e999})", R"("field":"n","code":"out_of_range")");
  expect(R"({"n":1.0})", R"("field":"n","code":"wrong_type")");
  expect(R"({"n":"1"})", R"("field":"n","code":"wrong_type")");
  expect(R"({"n":true})", R"("field":"n","code":"wrong_type")");
  expect(R"({"b":1})", R"("field":"b","code":"wrong_type")");
  expect(R"({"o":[]})", R"("field":"o","code":"wrong_type")");
  expect(R"({"o":{"k":10,"z":1}})", R"("field":"o.k","code":"out_of_range")");
  expect(R"({"o":{"k":10,"z":1}})", R"("field":"o.z","code":"unknown_field")");
  expect(R"({"l":[{},{"s":1},3]})", R"("field":"l[1].s","code":"wrong_type")");
  expect(R"({"l":[{},{"s":1},3]})", R"("field":"l[2]","code":"wrong_type")");
  expect(R"({"l":[{},{},{},{}]})", R"("field":"l","code":"too_many")");
  expect("{\"x\":{\"deep\":[\"\xFF\"]}}", R"("field":"x.deep[0]","code":"invalid_text")");
  expect(R"({"x":[99999999999999999999]})", R"("field":"x[0]","code":"out_of_range")");
  expect(R"({"who":1})", R"("field":"who","code":"unknown_field")");
  expect("[]", R"(422 )");
}

TEST(JsonInput, RefusesNumbersThatStorageWouldRewrite) {
  for (const char* number : {"1e20", "-1e20", "1e400", "-1e400", "1e19", "9223372036854775808", "1e-30", "1e-400",
                             "123456789012345678901234567890.5", "1E+300"}) {
    expect(std::string("{\"x\":") + number + "}", R"("field":"x","code":"out_of_range")");
    expect(std::string("{\"x\":{\"budget\":[1,") + number + "]}}", R"("field":"x.budget[1]","code":"out_of_range")");
  }
  for (const char* number : {"0", "-0", "-0.0", "0e99", "0.0e-400", "1e5", "1e15", "1e18", "0.1", "-5", "1234567.89",
                             "9223372036854775807", "-9223372036854775808", "1e-18"})
    EXPECT_EQ(verdict(std::string("{\"x\":[") + number + "]}"), "") << number;
  for (const char* number : {"NaN", "Infinity", "-", "01", "1.", "+1", "1e", "0x10"})
    EXPECT_EQ(verdict(std::string("{\"x\":") + number + "}").substr(0, 3), "400") << number;
}

TEST(JsonInput, ANulCutsNoName) {
  expect(R"({"a\u0000b":1})", R"("code":"unknown_field")");
  expect(R"({"t\u0000b":"x"})", R"("field":"?","code":"unknown_field")");
  expect(R"({"x":{"a\u0000b":1}})", R"("field":"x","code":"invalid_text")");
  expect(R"({"x":{"k":"a\u0000b"}})", R"("field":"x.k","code":"invalid_text")");
  EXPECT_EQ(verdict(R"({"x":"\\u0000"})"), "");  // a backslash and letters
}

TEST(JsonInput, ANameStandsOnceInItsObject) {
  expect(R"({"t":"a","t":"b"})", R"("field":"t","code":"duplicate_field")");
  expect(R"({"t":"a","\u0074":"b"})", R"("field":"t","code":"duplicate_field")");
  expect(R"({"o":{"k":1,"k":1}})", R"("field":"o.k","code":"duplicate_field")");
  EXPECT_EQ(verdict(R"({"t":"a","x":{"t":1,"l":[{"t":1},{"t":2}]}})"), "");
}

TEST(JsonInput, StoredTextIsReadWithPatience) {
  auto input = JsonInput::from_text(R"({"budget":100000000000000000000,"name":"Ada"})");
  ASSERT_TRUE(input);
  EXPECT_EQ(input->text("name"), "Ada");
  EXPECT_EQ(input->anything("budget")->convert<double>(), 1e20);
  EXPECT_TRUE(input->clean());
}

TEST(JsonValue, NumbersAreWrittenAsPeopleWriteThem) {
  for (const auto& [number, text] : std::vector<std::pair<double, std::string>>{{100000, "100000"},
                                                                                {1e15, "1000000000000000"},
                                                                                {0.1, "0.1"},
                                                                                {-5, "-5"},
                                                                                {1234567.89, "1234567.89"},
                                                                                {0, "0"},
                                                                                {-0.0, "0"},
                                                                                {1e21, "1000000000000000000000"},
                                                                                {0.000001, "0.000001"},
                                                                                {2.50, "2.5"}})
    EXPECT_EQ(number_text(number), text);
  EXPECT_EQ(published_json(R"({"a": 100000.0, "b": 1e+05, "c": [0.10, -0.0, 100000000000000000000], "d": 7})"),
            R"({"a":100000,"b":100000,"c":[0.1,0,100000000000000000000],"d":7})");
  EXPECT_EQ(published_json(R"({"a": {"b": null, "c": true, "d": "x\"y"}, "e": [], "f": {}})"),
            R"({"a":{"b":null,"c":true,"d":"x\"y"},"e":[],"f":{}})");
  for (const char* text : {"", "[]", "5", "null", "{", "\"x\""}) EXPECT_EQ(published_json(text), "") << text;
}

TEST(JsonInput, CallsUnreadableWhatIsNoJson) {
  for (const char* body :
       {"", "{", "{\"a\":1,}", "nonsense", "{\"a\":1}{}", "{\"t\":\"a\nb\"}", "{\"t\":\"\\ud800\"}", "{\"a\":.5}", "5"})
    EXPECT_EQ(verdict(body).substr(0, 3), "400") << body;
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += "{\"x\":";
  EXPECT_EQ(verdict(deep + "1" + std::string(40, '}')).substr(0, 3), "400");
}

TEST(JsonInput, WantsItsContentType) {
  for (const char* type : {"application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""})
    EXPECT_TRUE(JsonInput::from_body(request_with("{}", type))) << type;
  for (const char* type : {"", "text/plain", "application/json; charset=latin1", "application/x-www-form-urlencoded"})
    EXPECT_EQ(JsonInput::from_body(request_with("{}", type)).error().status, 415) << type;
  EXPECT_TRUE(JsonInput::from_body(request_with("", ""), EmptyBody::means_no_fields));
}

TEST(InstantText, ReadsRfc3339AndWritesUtc) {
  const auto round = [](std::string_view text) {
    const auto at = parse_instant_text(text);
    return at ? instant_text(*at) : std::string("none");
  };
  EXPECT_EQ(round("2025-03-09T05:00:00Z"), "2025-03-09T05:00:00Z");
  EXPECT_EQ(round("2024-02-29T23:59:59.999999-05:30"), "2024-03-01T05:29:59Z");
  EXPECT_EQ(round("2025-03-09t05:00:00z"), "2025-03-09T05:00:00Z");
  for (const char* bad :
       {"", "2025-03-09", "2025-02-29T00:00:00Z", "2025-03-09T24:00:00Z", "2025-03-09T05:00:00",
        "2025-03-09T05:00:00+1:00", "1969-12-31T23:59:59Z", "2025-03-09T05:00:00.Z", "2025-03-09 05:00:00Z"})
    EXPECT_EQ(round(bad), "none") << bad;
}

}  // namespace
}  // namespace crm::sdk
