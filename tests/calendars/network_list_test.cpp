// EVIDENCE: B-9.1
// Which addresses are called at a user's word.
#include "plugin/core/network/network_list.hpp"

#include <gtest/gtest.h>

namespace scheduling {
namespace {

std::string judged(std::string_view address, std::vector<std::string_view> listed = {}) {
  const auto parsed = NetworkAddress::parse(address);
  if (!parsed) return "unreadable";
  switch (NetworkList(listed).judge(*parsed)) {
    case AddressKind::reachable: return "reachable";
    case AddressKind::listed: return "listed";
    case AddressKind::refused: return "refused";
  }
  return "";
}

TEST(NetworkList, TheInternetIsReachable) {
  for (const auto address :
       {"192.0.3.1", "8.8.8.8", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.0", "169.253.255.255",
        "2a00:1450:4001::1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"})
    EXPECT_EQ(judged(address), "reachable") << address;
}

TEST(NetworkList, WhatIsPrivateIsRefused) {
  for (const auto address : {"10.0.0.1",    "10.255.255.255", "172.16.0.1",      "172.31.255.255",
                             "192.168.1.1", "127.0.0.1",      "127.255.0.1",     "100.64.0.1",
                             "198.18.0.1",  "240.0.0.1",      "255.255.255.255", "0.0.0.0",
                             "0.1.2.3",     "224.0.0.1",      "169.254.169.254", "::1",
                             "::",          "fe80::1",        "fd00::1",         "fc00::1",
                             "ff02::1",     "2001:db8::1",    "100::1"})
    EXPECT_EQ(judged(address), "refused") << address;
}

TEST(NetworkList, WhatLeadsToAPrivateAddressIsRefused) {
  for (const auto address : {"::ffff:10.0.0.1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::127.0.0.1",
                             "64:ff9b::a00:1", "2002:7f00:1::", "2002:c0a8:101::1", "::ffff:169.254.169.254"})
    EXPECT_EQ(judged(address), "refused") << address;
}

TEST(NetworkList, AListedNetworkIsAllowed) {
  EXPECT_EQ(judged("10.1.2.3", {"10.1.0.0/16"}), "listed");
  EXPECT_EQ(judged("10.2.0.0", {"10.1.0.0/16"}), "refused");
  EXPECT_EQ(judged("127.0.0.1", {"127.0.0.1"}), "listed");
  EXPECT_EQ(judged("127.0.0.2", {"127.0.0.1"}), "refused");
  EXPECT_EQ(judged("::1", {"::1/128"}), "listed");
  EXPECT_EQ(judged("fd12:3456::1", {"fd00::/8"}), "listed");
  EXPECT_EQ(judged("::ffff:10.1.2.3", {"10.0.0.0/8"}), "listed");
  EXPECT_EQ(judged("172.16.5.4", {"nonsense", "172.16.0.0/12"}), "listed");
}

TEST(NetworkList, TheLinkIsRefusedWhateverIsListed) {
  for (const auto address : {"169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "::ffff:169.254.169.254"})
    EXPECT_EQ(judged(address, {"0.0.0.0/0", "::/0", "169.254.0.0/16", "fe80::/10"}), "refused") << address;
}

TEST(NetworkList, WhatIsNoNetworkAllowsNothing) {
  for (const auto listed : {"", "/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0/8", "010.0.0.0/8",
                            "10.0.0.0/", "fd00::/129", "example.com", "1.2.3.4.5", ":::/8", "12345::/8"})
    EXPECT_EQ(judged("10.0.0.1", {listed}), "refused") << listed;
  for (const auto address :
       {"", "1.2.3", "1.2.3.256", "0x7f.0.0.1", "01.2.3.4", "::1%lo", "1:2:3:4:5:6:7:8:9", "1::2::3"})
    EXPECT_EQ(judged(address), "unreadable") << address;
}

}  // namespace
}  // namespace scheduling
