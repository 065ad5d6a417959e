// EVIDENCE: B-9.1
// What a CalDAV server may say, and what it cannot make us do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/adapters/caldav/dav_account.hpp"
#include "plugin/adapters/caldav/dav_place.hpp"
#include "plugin/adapters/caldav/dav_url.hpp"
#include "plugin/adapters/caldav/dav_xml.hpp"

namespace scheduling::testing {
namespace {

TEST(DavXml, ReadsMembersWhateverThePrefixes) {
  const auto answer = parse_multistatus(
      R"(<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">)"
      R"(<d:response><d:href> /a%20b.ics </d:href><d:propstat><d:prop><d:getetag>"1"</d:getetag></d:prop>)"
      R"(<d:status>HTTP/1.1 200 OK</d:status></d:propstat><d:propstat><d:prop><c:calendar-data/></d:prop>)"
      R"(<d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>)"
      R"(<d:response><d:href>/gone.ics</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>)"
      R"(<d:sync-token>http://x/1</d:sync-token></d:multistatus>)");
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->members.size(), 2U);
  EXPECT_EQ(answer->members[0].href, "/a%20b.ics");
  EXPECT_EQ(answer->members[0].text(k_dav, "getetag"), "\"1\"");
  EXPECT_EQ(answer->members[0].value(k_caldav, "calendar-data"), nullptr) << "a property that failed is none";
  EXPECT_EQ(answer->members[1].status, 404);
  EXPECT_EQ(answer->sync_token, "http://x/1");
}

TEST(DavXml, RefusesDocumentTypesAndEntities) {
  EXPECT_FALSE(parse_xml(R"(<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>)"));
  EXPECT_FALSE(parse_xml(R"(<?xml version="1.0"?><!-- c --><!DOCTYPE a SYSTEM "http://127.0.0.1/"><a/>)"));
  EXPECT_FALSE(parse_xml(R"(<a>&x;</a>)"));
  EXPECT_FALSE(parse_xml(std::string("<\0a\0/\0>\0", 8)));
  const auto cdata = parse_xml("<a><![CDATA[<!DOCTYPE html>]]></a>");
  ASSERT_TRUE(cdata) << "in a text it is a text";
  EXPECT_EQ(cdata->text, "<!DOCTYPE html>");
}

TEST(DavXml, RefusesWhatIsTooDeepOrNoXml) {
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  for (int i = 0; i < 100; ++i) deep += "</a>";
  EXPECT_FALSE(parse_xml(deep));
  for (const auto text : {"", "<a>", "<a></b>", "text", "<a/><b/>"}) EXPECT_FALSE(parse_xml(text)) << text;
  EXPECT_FALSE(parse_multistatus("<html/>"));
}

TEST(DavXml, EscapesWhatItWrites) {
  EXPECT_EQ(xml_escaped("a<b>&\"c\x01"), "a&lt;b&gt;&amp;&quot;c");
}

DavUrl url(std::string_view text) {
  return DavUrl::parse(text).value();
}

TEST(DavUrl, IsOneTextForOnePlace) {
  EXPECT_EQ(url("dav.Example.com").text(), "https://dav.example.com/");
  EXPECT_EQ(url("https://dav.example.com:443/a@b/%40c/%2f/%7e?q#f").text(), "https://dav.example.com/a@b/@c/%2F/~");
  EXPECT_EQ(url("http://127.0.0.1:5232").text(), "http://127.0.0.1:5232/");
  EXPECT_EQ(url("https://[2001:db8::1]:8443/x").text(), "https://[2001:db8::1]:8443/x");
  for (const auto text : {"", "ftp://x/", "https://", "https://a:b@x/", "https://x/ y", "javascript:alert(1)//://x"})
    EXPECT_FALSE(DavUrl::parse(text)) << text;
}

TEST(DavUrl, ResolvesWhatAServerWrites) {
  const DavUrl at = url("https://dav.example.com/cal/");
  EXPECT_EQ(at.resolve("/x/%40.ics")->text(), "https://dav.example.com/x/@.ics");
  EXPECT_EQ(at.resolve("y.ics")->text(), "https://dav.example.com/cal/y.ics");
  EXPECT_EQ(at.resolve("https://p1.example.com/z")->text(), "https://p1.example.com/z");
  EXPECT_EQ(at.resolve("/x")->id_beside(at), "/x");
  EXPECT_EQ(url("https://p1.example.com/z").id_beside(at), "https://p1.example.com/z");
  EXPECT_FALSE(at.resolve("//evil.test/x"));
}

TEST(DavUrl, ThePasswordStaysInItsDomain) {
  EXPECT_TRUE(may_follow(url("https://caldav.icloud.com/"), url("https://p42-caldav.icloud.com/")));
  EXPECT_TRUE(may_follow(url("https://example.com/"), url("https://dav.example.com/")));
  EXPECT_TRUE(may_follow(url("https://www.example.com/"), url("https://example.com/")));
  EXPECT_TRUE(may_follow(url("http://127.0.0.1:1/"), url("http://127.0.0.1:2/")));
  EXPECT_FALSE(may_follow(url("https://dav.example.com/"), url("http://dav.example.com/"))) << "never without TLS";
  EXPECT_FALSE(may_follow(url("https://dav.example.com/"), url("https://evil.test/")));
  EXPECT_FALSE(may_follow(url("https://dav.example.com/"), url("https://evilexample.com/")));
  EXPECT_FALSE(may_follow(url("https://example.com/"), url("https://other.com/")));
  EXPECT_FALSE(may_follow(url("http://10.0.0.1/"), url("http://10.0.0.2/")));
}

TEST(DavAccount, ReadsWhatItWrote) {
  const DavAccount account{"https://x/home/", "/home/a/", "rosa", "p:w \"x", {"rosa@example.com"}};
  const auto read = DavAccount::parse(account.text());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->home, account.home);
  EXPECT_EQ(read->default_calendar, account.default_calendar);
  EXPECT_EQ(read->password, account.password);
  EXPECT_EQ(read->addresses, account.addresses);
  EXPECT_FALSE(DavAccount::parse("caldav2\nx\n"));
  EXPECT_FALSE(DavAccount::parse("caldav1\nhome\n"));
}

TEST(DavPlace, ReadsWhatItWrote) {
  DavPlace place;
  place.sync_token = "http://x/1";
  place.objects["/a b.ics"] = {tag_of_etag("\"1\""), true};
  place.objects["/c.ics"] = {"", false};
  const auto read = DavPlace::parse(place.text());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->text(), place.text());
  EXPECT_TRUE(read->has_wanted());
  EXPECT_FALSE(DavPlace::parse("Google's token"));
  EXPECT_NE(tag_of_etag("\"1\""), tag_of_etag("\"2\""));
}

}  // namespace
}  // namespace scheduling::testing
