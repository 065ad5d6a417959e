// Which answers are sent compressed, to whom, and what they say about it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <stdexcept>

#include "reference_host/http/compression.hpp"
#include "reference_host/http/content_coding.hpp"
#include "tests/http_server/raw_client.hpp"
#include "tests/http_server/running_server.hpp"

namespace {

using crm::sdk::Header;
using crm::sdk::Request;
using crm::sdk::Response;
using testing::HasSubstr;
using testing::Not;

Request asking(std::vector<std::string_view> accepted) {
  Request request;
  for (const std::string_view line : accepted) request.headers.push_back({"accept-encoding", line});
  return request;
}

std::string body_of(std::size_t bytes) {
  std::string body;
  while (body.size() < bytes) body += "{\"start\":\"2025-01-14T14:00:00Z\"},";
  return body.substr(0, bytes);
}

Response large(bool may_compress = true) {
  Response response = Response::json(200, body_of(20000));
  response.may_compress = may_compress;
  return response;
}

std::string value_of(const Response& response, std::string_view name) {
  std::string all;
  for (const Header& header : response.headers)
    if (header.name == name) all += (all.empty() ? "" : "|") + header.value;
  return all;
}

std::string unzipped(const std::string& body) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) throw std::runtime_error("inflateInit2");
  std::string out(1U << 20U, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int end = inflate(&stream, Z_FINISH);
  out.resize(out.size() - stream.avail_out);
  const bool is_all_read = stream.avail_in == 0;
  inflateEnd(&stream);
  if (end != Z_STREAM_END || !is_all_read) throw std::runtime_error("no gzip, or more behind it");
  return out;
}

struct Choice {
  std::vector<std::string_view> accepted;
  std::string_view chosen;
};

TEST(ContentCoding, IsTheOneTheClientLikesBest) {
  const Choice choices[] = {
      {{}, "identity"},
      {{""}, "identity"},
      {{"gzip"}, "gzip"},
      {{"GZip"}, "gzip"},
      {{"x-gzip"}, "gzip"},
      {{"gzip, deflate, br"}, "br"},
      {{"deflate", "gzip"}, "gzip"},  // two lines are one list
      {{"gzip;q=0"}, "identity"},
      {{"gzip;q=0.000, br;q=0"}, "identity"},
      {{"gzip; q=0.5 , br;q=0.4"}, "gzip"},
      {{"br;q=0.5, gzip;q=1.0"}, "gzip"},
      {{"gzip;q=0.5, identity"}, "identity"},
      {{"identity;q=0.5, gzip;q=0.5"}, "br-less"},
      {{"*"}, "br"},
      {{"*;q=0"}, "identity"},
      {{"*;q=0, gzip"}, "gzip"},
      {{"br;q=0, *"}, "gzip"},
      {{"identity;q=0"}, "identity"},  // nothing that we have: better this than nothing
      {{"identity;q=0, gzip;q=0.1"}, "gzip"},
      {{"zstd, compress"}, "identity"},
      {{"gzip;q=much"}, "identity"},
      {{"gzip;q=2"}, "identity"},
      {{"gzip;q=0.1234"}, "identity"},
      {{"gzipped"}, "identity"},
      {{",,;q=1, ;"}, "identity"},
  };
  for (const Choice& one : choices) {
    const Request request = asking(one.accepted);
    const std::string line(one.accepted.empty() ? "none" : one.accepted.front());
    if (one.chosen == "br-less")
      EXPECT_EQ(crm::app::choose_coding(request, {"gzip"}), "gzip") << line;
    else
      EXPECT_EQ(crm::app::choose_coding(request, {"br", "gzip"}), one.chosen) << line;
  }
}

TEST(Compression, MakesLargeTextSmall) {
  Response response = large();
  response.headers = {{"Vary", "Accept"}, {"ETag", "\"abc\""}};
  const std::string before = response.body;
  crm::app::compress(asking({"gzip"}), response);
  EXPECT_LT(response.body.size(), before.size() / 5);
  EXPECT_EQ(unzipped(response.body), before);
  EXPECT_EQ(value_of(response, "Content-Encoding"), "gzip");
  EXPECT_EQ(value_of(response, "Vary"), "Accept, Accept-Encoding");
  EXPECT_EQ(value_of(response, "ETag"), "W/\"abc\"") << "the bytes are others than those of the strong tag";

  Response second = large();
  crm::app::compress(asking({"gzip"}), second);
  EXPECT_EQ(unzipped(second.body), before) << "nothing is left of the answer before";
}

TEST(Compression, NeverWithoutTheHandlersWord) {
  Response secret = large(false);
  const std::string before = secret.body;
  crm::app::compress(asking({"gzip"}), secret);
  EXPECT_EQ(secret.body, before);
  EXPECT_TRUE(secret.headers.empty());

  Response with_cookie = large();
  with_cookie.headers.push_back({"Set-Cookie", "session=1"});
  crm::app::compress(asking({"gzip"}), with_cookie);
  EXPECT_EQ(with_cookie.body, before);
}

TEST(Compression, OnlyWhatIsWorthIt) {
  const auto sent_as_is = [](Response response, std::vector<std::string_view> accepted = {"gzip"}) {
    const std::string before = response.body;
    crm::app::compress(asking(std::move(accepted)), response);
    return response.body == before && value_of(response, "Content-Encoding").empty();
  };
  Response small = Response::json(200, body_of(1023));
  small.may_compress = true;
  EXPECT_TRUE(sent_as_is(small));
  EXPECT_FALSE(sent_as_is(small, {"gzip, identity;q=0"})) << "such a client cannot take it otherwise";
  small.body = body_of(1024);
  EXPECT_FALSE(sent_as_is(small));
  Response picture = large();
  picture.content_type = "image/png";
  EXPECT_TRUE(sent_as_is(picture));
  for (const char* type : {"image/svg+xml", "text/css; charset=utf-8", "application/problem+json", "text/html"}) {
    Response text = large();
    text.content_type = type;
    EXPECT_FALSE(sent_as_is(text)) << type;
  }
  EXPECT_TRUE(sent_as_is(large(), {"gzip;q=0"}));
  EXPECT_TRUE(sent_as_is(large(), {"br"}));
  Response done = large();
  done.headers.push_back({"Content-Encoding", "br"});
  const std::string before = done.body;
  crm::app::compress(asking({"gzip"}), done);
  EXPECT_EQ(done.body, before);
}

TEST(Compression, SaysThatItDependsOnTheClientAlsoWhereItDidNotHappen) {
  for (const char* accepted : {"", "br", "gzip"}) {
    Response response = large();
    crm::app::compress(asking({accepted}), response);
    EXPECT_EQ(value_of(response, "Vary"), "Accept-Encoding") << accepted;
  }
  Response unchanged = large();
  unchanged.status = 304;
  unchanged.body.clear();
  crm::app::compress(asking({"gzip"}), unchanged);
  EXPECT_EQ(value_of(unchanged, "Vary"), "Accept-Encoding");
  EXPECT_EQ(value_of(unchanged, "Content-Encoding"), "");
}

/// The length on the wire is that of the compressed body, and HEAD tells what GET would.
TEST(Compression, LengthsOnTheWireAreRight) {
  RunningServer server;
  server.add({crm::sdk::Method::get, "/large", crm::sdk::Access::open, crm::sdk::RateClass::none,
              [](const Request&) { return large(); }});
  const std::string rest = " /large HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n";
  RawClient client(server.port());
  client.send("GET" + rest);
  const std::string got = client.read_answer();
  ASSERT_THAT(got, HasSubstr("Content-Encoding: gzip\r\n"));
  const std::string body = got.substr(got.find("\r\n\r\n") + 4);
  EXPECT_THAT(got, HasSubstr("Content-Length: " + std::to_string(body.size()) + "\r\n"));
  EXPECT_EQ(unzipped(body), body_of(20000));

  RawClient head(server.port());
  head.send("HEAD" + rest);
  head.end_sending();
  const std::string told = head.read_all();
  EXPECT_THAT(told, HasSubstr("Content-Length: " + std::to_string(body.size()) + "\r\n"));
  EXPECT_THAT(told, HasSubstr("Content-Encoding: gzip\r\n"));
  EXPECT_TRUE(told.ends_with("\r\n\r\n")) << "no body";

  client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string plain = client.read_answer();
  EXPECT_THAT(plain, HasSubstr("Content-Length: 20000\r\n"));
  EXPECT_THAT(plain, Not(HasSubstr("Content-Encoding")));
  EXPECT_THAT(plain, HasSubstr("Vary: Accept-Encoding\r\n"));
}

}  // namespace
