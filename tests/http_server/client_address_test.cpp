// Who a request comes from: one client is one text, however it is spelled.
#include "reference_host/network/client_address.hpp"

#include <gtest/gtest.h>

namespace crm::app {
namespace {

TEST(ClientAddress, HasOneSpelling) {
  EXPECT_EQ(normal_address("1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(normal_address("2001:DB8:0:0::1"), "2001:db8::1");
  EXPECT_EQ(normal_address("::ffff:1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(normal_address("::FFFF:102:304"), "1.2.3.4");
  EXPECT_EQ(normal_address("fe80::1%eth0"), "fe80::1");
  for (const char* text : {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "localhost", "::g",
                           "1.2.3.4%1", "fe80::1%", "[::1]", "1.2.3.4:80", "2001:db8:::1"})
    EXPECT_EQ(normal_address(text), std::nullopt) << text;
}

TEST(ClientAddress, ForwardedEntriesMayHaveAPort) {
  EXPECT_EQ(forwarded_address("1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(forwarded_address("\t1.2.3.4:5678 "), "1.2.3.4");
  EXPECT_EQ(forwarded_address("[2001:db8::1]:443"), "2001:db8::1");
  EXPECT_EQ(forwarded_address("[2001:db8::1]"), "2001:db8::1");
  EXPECT_EQ(forwarded_address("2001:db8::1"), "2001:db8::1");
  EXPECT_EQ(forwarded_address("[::ffff:1.2.3.4]:1"), "1.2.3.4");
  EXPECT_EQ(forwarded_address("[fe80::1%2]:1"), "fe80::1");
  for (const char* text : {"", "unknown", "_hidden", "_hidden:80", "1.2.3.4:", "1.2.3.4:x", "1.2.3.4:99999",
                           "1.2.3.4:123456", "[2001:db8::1", "[2001:db8::1]443", "[2001:db8::1]:", "[1.2.3.4]:80", "[]",
                           "\"1.2.3.4\"", "example.com:80", "for=1.2.3.4", "1.2.3.4;proto=https", "1.2.3.4 5.6.7.8"})
    EXPECT_EQ(forwarded_address(text), std::nullopt) << text;
}

TEST(ClientAddress, IsTheRightmostThatIsNoProxyOfOurs) {
  const std::vector<std::string> trusted{"10.0.0.1", "10.0.0.2", "2001:db8::1"};
  const auto behind = [&](const std::vector<std::string_view>& lines, const std::string& peer = "10.0.0.1") {
    return client_behind(trusted, peer, lines);
  };
  EXPECT_EQ(behind({"6.6.6.6, 203.0.113.9"}), "203.0.113.9");
  EXPECT_EQ(behind({"6.6.6.6, 203.0.113.9, 10.0.0.2"}), "203.0.113.9");
  EXPECT_EQ(behind({"6.6.6.6, 203.0.113.9, [2001:DB8::1]:443,10.0.0.2:80"}), "203.0.113.9");
  EXPECT_EQ(behind({"6.6.6.6", "203.0.113.9", "10.0.0.2"}), "203.0.113.9");
  EXPECT_EQ(behind({"203.0.113.9, 10.0.0.2", "", ", ,"}), "203.0.113.9");
  EXPECT_EQ(behind({"10.0.0.2"}), "10.0.0.2");
  EXPECT_EQ(behind({}), "10.0.0.1");
  // A proxy that does not say who it was: nobody knows, and the left is only somebody's word.
  EXPECT_EQ(behind({"203.0.113.9, unknown"}), "10.0.0.1");
  EXPECT_EQ(behind({"203.0.113.9, _secret, 10.0.0.2"}), "10.0.0.1");
  EXPECT_EQ(behind({"203.0.113.9"}, "198.51.100.4"), "198.51.100.4");
}

TEST(ClientAddress, OneHouseholdIsOneNetwork) {
  EXPECT_EQ(client_network("1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(client_network("2001:db8:1:2:3:4:5:6"), client_network("2001:db8:1:2::9"));
  EXPECT_NE(client_network("2001:db8:1:2::9"), client_network("2001:db8:1:3::9"));
  EXPECT_NE(client_network("2001:db8::1:0:0:0:1"), client_network("2001:db8::1"));
  EXPECT_EQ(client_network("2001:db8::1"), client_network("2001:db8:0:0:5::1"));
}

}  // namespace
}  // namespace crm::app
