// Requests that two parsers could read differently, and requests that never end.
// HTTP holes: truncated body, missing length, smuggling, duplicate lengths.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/http_server/raw_client.hpp"
#include "tests/http_server/running_server.hpp"

namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string k_get = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";

struct MalformedCase {
  const char* name;
  std::string bytes;
  int status = 400;
};
void PrintTo(const MalformedCase& one, std::ostream* out) {
  *out << one.name;
}

class Malformed : public testing::TestWithParam<MalformedCase> {};

/// The refused request carries a second one behind it; exactly one answer may come.
TEST_P(Malformed, IsRefusedAndTheConnectionClosed) {
  RunningServer server;
  RawClient client(server.port());
  client.send(GetParam().bytes + k_get);
  const std::string answer = client.read_all();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + std::to_string(GetParam().status) + " "));
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(answer, HasSubstr("application/problem+json"));
  EXPECT_THAT(answer, HasSubstr("\"code\":\""));
  EXPECT_EQ(answer.find("HTTP/1.1 ", 1), std::string::npos) << answer;
  EXPECT_EQ(server.handled, 0);
  EXPECT_FALSE(client.was_reset());
}

std::string post(const std::string& headers, const std::string& body) {
  return "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers + "\r\n" + body;
}

INSTANTIATE_TEST_SUITE_P(
    Requests, Malformed,
    testing::Values(
        MalformedCase{"DuplicateLength", post("Content-Length: 2\r\nContent-Length: 2\r\n", "{}")},
        MalformedCase{"DifferentLengths", post("Content-Length: 2\r\nContent-Length: 40\r\n", "{}")},
        MalformedCase{"LengthList", post("Content-Length: 2, 2\r\n", "{}")},
        MalformedCase{"LengthAndChunked", post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
        MalformedCase{"ChunkedAndLength", post("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", "0\r\n\r\n")},
        MalformedCase{"GzipChunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")},
        MalformedCase{"ChunkedTwice",
                      post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
        MalformedCase{"UnknownCoding", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")},
        MalformedCase{"NegativeLength", post("Content-Length: -5\r\n", "")},
        MalformedCase{"PlusLength", post("Content-Length: +2\r\n", "{}")},
        MalformedCase{"HexLength", post("Content-Length: 0x2\r\n", "{}")},
        MalformedCase{"EmptyLength", post("Content-Length: \r\n", "{}")},
        MalformedCase{"OverflowingLength", post("Content-Length: 99999999999999999999999\r\n", "{}")},
        MalformedCase{"NoColon", "GET /hello HTTP/1.1\r\nHost: x\r\nNonsense\r\n\r\n"},
        MalformedCase{"SpaceBeforeColon", "GET /hello HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n"},
        MalformedCase{"EmptyName", "GET /hello HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n"},
        MalformedCase{"Folded", "GET /hello HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n"},
        MalformedCase{"BareLineFeed", "GET /hello HTTP/1.1\nHost: x\n\n"},
        MalformedCase{"BareReturnInValue", "GET /hello HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n"},
        MalformedCase{"NulInValue", "GET /hello HTTP/1.1\r\nHost: x\r\nA: b" + std::string(1, '\0') + "c\r\n\r\n"},
        MalformedCase{"Version27", "GET /hello HTTP/2.7\r\nHost: x\r\n\r\n"},
        MalformedCase{"Version09", "GET /hello\r\nHost: x\r\n\r\n"},
        MalformedCase{"LowerCaseVersion", "GET /hello http/1.1\r\nHost: x\r\n\r\n"},
        MalformedCase{"NoHost", "GET /hello HTTP/1.1\r\n\r\n"},
        MalformedCase{"TwoHosts", "GET /hello HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"},
        MalformedCase{"MethodWithBrackets", "G(T /hello HTTP/1.1\r\nHost: x\r\n\r\n"},
        MalformedCase{"TwoSpaces", "GET  /hello HTTP/1.1\r\nHost: x\r\n\r\n"},
        MalformedCase{"RelativeTarget", "GET hello HTTP/1.1\r\nHost: x\r\n\r\n"},
        MalformedCase{"RawBytesInTarget", "GET /\xC3\xBC HTTP/1.1\r\nHost: x\r\n\r\n"},
        MalformedCase{"ChunkSizeGarbage", post("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n")},
        MalformedCase{"ChunkSizeNegative", post("Transfer-Encoding: chunked\r\n", "-2\r\n{}\r\n0\r\n\r\n")},
        MalformedCase{"ChunkWithoutEnd", post("Transfer-Encoding: chunked\r\n", "2\r\n{}0\r\n\r\n")},
        MalformedCase{"ChunkBareLineFeed", post("Transfer-Encoding: chunked\r\n", "2\n{}\n0\n\n")},
        MalformedCase{"ChunkSizeTooLong", post("Transfer-Encoding: chunked\r\n", "000000002\r\n{}\r\n0\r\n\r\n")},
        MalformedCase{"UnknownExpectation", post("Content-Length: 2\r\nExpect: cake\r\n", "{}"), 417},
        MalformedCase{"NoLength", post("", ""), 411},
        MalformedCase{"LongTarget", "GET /" + std::string(20000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
        MalformedCase{"LongHeader", "GET /hello HTTP/1.1\r\nHost: x\r\nA: " + std::string(40000, 'a') + "\r\n\r\n",
                      431},
        MalformedCase{"ChunksBeyondTheLimit",
                      post("Transfer-Encoding: chunked\r\n", "401\r\n" + std::string(0x401, 'a') + "\r\n0\r\n\r\n"),
                      413},
        MalformedCase{"BodyBeyondTheLimit", post("Content-Length: 2000\r\n", std::string(2000, 'a')), 413},
        MalformedCase{"BodyOfUnknownType",
                      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi", 415},
        MalformedCase{"BodyBehindAnUnknownAddress", "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 38\r\n\r\n",
                      404}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(Framing, ManyHeadersAreTooMany) {
  RunningServer server;
  std::string request = "GET /hello HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 100; ++i) request += "A: b\r\n";
  RawClient client(server.port());
  client.send(request + "\r\n");
  EXPECT_THAT(client.read_all(), StartsWith("HTTP/1.1 431 "));
}

TEST(Framing, TruncatedBodyNeverReachesTheHandler) {
  RunningServer server;
  RawClient client(server.port());
  client.send(post("Content-Length: 20\r\n", "{\"half\":"));
  client.end_sending();
  EXPECT_EQ(client.read_all(), "");
  EXPECT_EQ(server.handled, 0);
}

TEST(Framing, SilentBodyIsCutAtTheDeadline) {
  RunningServer server;
  RawClient client(server.port());
  client.send(post("Content-Length: 20\r\n", "{\"half\":"));
  EXPECT_THAT(client.read_all(), StartsWith("HTTP/1.1 408 "));
  EXPECT_EQ(server.handled, 0);
}

TEST(Framing, RefusedBodyIsNeverTheNextRequest) {
  RunningServer server;
  RawClient client(server.port());
  // The body is a request of its own; the route wants a session.
  client.send("PUT /mine HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
              std::to_string(k_get.size()) + "\r\n\r\n" + k_get);
  const std::string answer = client.read_all();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(answer, Not(HasSubstr("hello")));
  EXPECT_EQ(server.handled, 0);
}

TEST(Framing, BodyOfAGetIsReadAndNotTakenForARequest) {
  RunningServer server;
  RawClient client(server.port());
  client.send("GET /hello HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
              std::to_string(k_get.size()) + "\r\n\r\n" + k_get + k_get);
  const std::string answers = client.read_all(std::chrono::milliseconds(900));
  EXPECT_EQ(server.handled, 2) << answers;
}

TEST(Framing, PipelinedRequestsAreAnsweredInOrder) {
  RunningServer server;
  RawClient client(server.port());
  client.send(post("Content-Length: 3\r\n", "[1]") +
              post("Transfer-Encoding: chunked\r\n", "1\r\n[\r\n2;x=y\r\n2]\r\n0\r\nT: t\r\n\r\n") + k_get);
  const std::string answers = client.read_all(std::chrono::milliseconds(900));
  const auto first = answers.find("\r\n\r\n[1]");
  const auto second = answers.find("\r\n\r\n[2]");
  const auto third = answers.find("hello");
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
  EXPECT_NE(third, std::string::npos) << answers;
}

TEST(Framing, ContinueIsSentOnlyWhenTheBodyIsWanted) {
  RunningServer server;
  RawClient wanted(server.port());
  wanted.send(post("Content-Length: 2\r\nExpect: 100-continue\r\n", ""));
  EXPECT_THAT(wanted.read_answer(), StartsWith("HTTP/1.1 100 Continue\r\n\r\n"));
  wanted.send("{}");
  EXPECT_THAT(wanted.read_answer(), StartsWith("HTTP/1.1 200 "));
  RawClient unwanted(server.port());
  unwanted.send(post("Content-Length: 2000\r\nExpect: 100-continue\r\n", ""));
  EXPECT_THAT(unwanted.read_answer(), StartsWith("HTTP/1.1 413 "));
}

TEST(Framing, SixtyFourMebibytesAreRefusedBeforeTheyAreRead) {
  RunningServer server;
  RawClient client(server.port());
  const std::string piece(1024 * 1024, 'a');
  client.send(post("Content-Length: 67108864\r\n", ""));
  int sent = 0;
  while (sent < 64 && client.send(piece)) ++sent;
  EXPECT_THAT(client.read_all(), HasSubstr("HTTP/1.1 413 "));
  EXPECT_EQ(server.handled, 0);
}

TEST(Framing, TargetInAbsoluteFormIsServed) {
  RunningServer server;
  RawClient client(server.port());
  client.send("GET http://x/hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.read_all(), StartsWith("HTTP/1.1 200 "));
}

/// What one request with this target is answered: the body of /items/… says what was understood.
std::string answer_to(const std::string& target) {
  RunningServer server;
  RawClient client(server.port());
  client.send("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  return client.read_all();
}

TEST(Framing, OnlyThePathOfAnAbsoluteTargetIsAPath) {
  for (const char* target : {"http://evil?a=/hello", "http://evil?/hello", "http://evil:80?a=/hello", "http://evil",
                             "HTTPS://evil?x=http://y/hello", "//evil/hello", "/evil?/hello", "/x/../hello", "/./hello",
                             "//hello", "/%2Fhello", "/hello%2F", "/hello%3Fa", "/hello;a=b"})
    EXPECT_THAT(answer_to(target), StartsWith("HTTP/1.1 404 ")) << target;
  for (const char* target : {"/hello", "/hello?a=b", "/%68ello", "http://x/hello", "HTTP://X:8080/hello?a=/b",
                             "https://[::1]:443/hello", "http://x:/hello"})
    EXPECT_THAT(answer_to(target), StartsWith("HTTP/1.1 200 ")) << target;
  EXPECT_THAT(answer_to("http://x/items/a?b=/hello"), HasSubstr("a|b=/hello"));
}

TEST(Framing, TargetsThatAreNoAddressAreMalformed) {
  for (const char* target : {"*",
                             "x:80",
                             "x",
                             "http:",
                             "http://",
                             "http:///hello",
                             "http://me@x/hello",
                             "http://me:you@x/hello",
                             "http://x:y/hello",
                             "http://x\\y/hello",
                             "\\hello",
                             "/hello\\..",
                             "/he|lo",
                             "/<hello>",
                             "/\"hello\"",
                             "/{x}",
                             "ftp://x/hello",
                             "javascript:/hello",
                             "http://[::1/hello",
                             "http://[x]/hello",
                             "?/hello",
                             "#/hello",
                             "/hello#x"})
    EXPECT_THAT(answer_to(target), StartsWith("HTTP/1.1 400 ")) << target;
}

TEST(Framing, OldProtocolClosesUnlessAskedToStay) {
  RunningServer server;
  RawClient leaves(server.port());
  leaves.send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_THAT(leaves.read_all(), HasSubstr("Connection: close\r\n"));
  RawClient stays(server.port());
  stays.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_THAT(stays.read_answer(), HasSubstr("Connection: keep-alive\r\n"));
}

}  // namespace
