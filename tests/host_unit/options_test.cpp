#include "reference_host/settings/options.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace crm::app {
namespace {

Options parsed(const std::vector<std::string>& arguments) {
  auto options = parse_options(arguments);
  if (!options) throw std::runtime_error(options.error().message);
  return *options;
}

std::string refused(const std::vector<std::string>& arguments) {
  const auto options = parse_options(arguments);
  if (options || options.error().kind != sdk::FailureKind::invalid) return "(not refused)";
  return options.error().field;
}

TEST(Options, HaveDefaultsThatBelongTogether) {
  const Options options = parsed({"--data-dir", "/srv/crm/"});
  EXPECT_EQ(options.port, 8080);
  EXPECT_EQ(options.public_url, "http://127.0.0.1:8080");
  EXPECT_EQ(options.data_dir, "/srv/crm");
  EXPECT_EQ(options.secret_file, "/srv/crm/secret.key");
  EXPECT_TRUE(options.database_url.empty());
  EXPECT_TRUE(options.rate_limits);
  EXPECT_FALSE(options.demo);
}

TEST(Options, TakeValuesAsNextArgumentOrBehindEquals) {
  const Options options = parsed({"--port=9000", "--workers", "7", "--public-url", "http://127.0.0.1/", "--demo",
                                  "--database-url=postgresql://u@h/db?sslmode=require"});
  EXPECT_EQ(options.port, 9000);
  EXPECT_EQ(options.workers, 7);
  EXPECT_EQ(options.public_url, "http://127.0.0.1");
  EXPECT_EQ(options.database_url, "postgresql://u@h/db?sslmode=require");
  EXPECT_TRUE(options.demo);
}

TEST(Options, ADemoIsForThisMachineAndHasAFolderOfItsOwn) {
  for (const char* url : {"http://localhost", "http://demo.localhost:8080", "http://127.0.0.1:1", "http://127.1.2.3",
                          "http://[::1]:8080", "https://LOCALHOST/"})
    EXPECT_TRUE(parsed({"--demo", "--public-url", url}).demo) << url;
  for (const char* url : {"https://crm.example.com", "http://127.0.0.1.example.com", "http://localhost.example.com",
                          "http://192.168.1.2", "http://127.0.0.1@example.com", "http://[::2]", "http://0.0.0.0"})
    EXPECT_EQ(refused({"--demo", "--public-url", url}), "--demo") << url;
  EXPECT_EQ(parsed({"--demo", "--port", "0"}).public_url, "");
  EXPECT_EQ(parsed({"--demo"}).data_dir, parsed({}).data_dir + "-demo");
}

TEST(Options, RelativeFoldersBecomeAbsolute) {
  EXPECT_TRUE(parsed({"--data-dir", "here"}).data_dir.starts_with('/'));
}

TEST(Options, NameTheArgumentThatIsWrong) {
  EXPECT_EQ(refused({"--prot", "1"}), "--prot");
  EXPECT_EQ(refused({"demo"}), "demo");
  EXPECT_EQ(refused({"--port"}), "--port");
  for (const char* port : {"65536", "-1", "80x", "", "0x50", "1e3", "99999999999999999999"})
    EXPECT_EQ(refused({"--port", port}), "--port") << port;
  EXPECT_EQ(refused({"--workers", "0"}), "--workers");
  EXPECT_EQ(refused({"--demo=yes"}), "--demo");
  EXPECT_EQ(refused({"--database-url", "mysql://x"}), "--database-url");
  EXPECT_EQ(refused({"--public-url", "javascript:alert(1)"}), "--public-url");
  EXPECT_EQ(refused({"--public-url", "http://a b"}), "--public-url");
  EXPECT_EQ(refused({"--smtp-url", "localhost:25"}), "--smtp-url");
  EXPECT_EQ(refused({"--data-dir", ""}), "--data-dir");
}

TEST(Options, ASecretInAnUnknownArgumentIsNotRepeated) {
  const auto options = parse_options({"--smtp-password=s3cr3t"});
  ASSERT_FALSE(options);
  EXPECT_EQ(options.error().message.find("s3cr3t"), std::string::npos);
}

std::string hidden(std::vector<std::string> arguments) {
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  const bool is_hidden = hide_passwords(static_cast<int>(pointers.size()), pointers.data());
  std::string all = is_hidden ? "hidden" : "shown";
  for (const std::string& argument : arguments) all += ' ' + argument;
  return all;
}

TEST(Options, APasswordIsWipedFromTheArguments) {
  EXPECT_EQ(hidden({"crm-host", "--database-url", "postgresql://u:pw@h/db", "--demo"}),
            "hidden crm-host --database-url postgresql://********* --demo");
  EXPECT_EQ(hidden({"crm-host", "--database-url=postgres://h/db?password=pw"}),
            "hidden crm-host --database-url=postgres://****************");
  EXPECT_EQ(hidden({"crm-host", "--database-url", "postgresql://h/db", "--port", "80"}),
            "shown crm-host --database-url postgresql://h/db --port 80");
  EXPECT_EQ(hidden({"crm-host", "--database-url"}), "shown crm-host --database-url");
}

TEST(Options, TheAddressOfThisMachineFollowsBind) {
  EXPECT_EQ(parsed({"--bind", "0.0.0.0"}).public_url, "http://127.0.0.1:8080");
  EXPECT_EQ(parsed({"--bind", "::1", "--port", "81"}).public_url, "http://[::1]:81");
  EXPECT_EQ(parsed({"--bind", "10.1.2.3"}).public_url, "http://10.1.2.3:8080");
  EXPECT_EQ(parsed({"--port", "0"}).public_url, "");
}

TEST(Options, TrustedProxiesAreInOneSpelling) {
  EXPECT_EQ(parsed({"--trusted-proxy", "::FFFF:10.0.0.1", "--trusted-proxy=2001:DB8:0::1"}).trusted_proxies,
            (std::vector<std::string>{"10.0.0.1", "2001:db8::1"}));
  EXPECT_EQ(refused({"--trusted-proxy", "proxy.example"}), "--trusted-proxy");
}

TEST(Options, TheFrozenClockIsForDevelopment) {
  EXPECT_EQ(refused({"--fixed-now", "2025-03-09T05:00:00Z"}), "--fixed-now");
  const Options options = parsed({"--development", "--fixed-now", "2025-03-09T05:00:00Z"});
  EXPECT_EQ(options.fixed_now->time_since_epoch().count(), 1741496400000000);
  for (const char* wrong : {"2025-03-09", "2025-03-09T05:00:00", "2025-02-30T05:00:00Z", "2025-03-09T24:00:00Z",
                            "2025-03-09 05:00:00Z", "2025-03-09T05:00:00+01:00", "yesterday", "2025-03-09T05:00:00.Z"})
    EXPECT_EQ(refused({"--development", "--fixed-now", wrong}), "--fixed-now") << wrong;
}

TEST(Options, DevelopmentTurnsRateLimitsOffUnlessAsked) {
  EXPECT_FALSE(parsed({"--development"}).rate_limits);
  EXPECT_TRUE(parsed({"--development", "--rate-limits"}).rate_limits);
}

TEST(Options, HelpAndVersionAreAnswersNotErrors) {
  for (const char* question : {"--help", "--version"}) {
    const auto answer = parse_options({"--port", "1", question});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, sdk::FailureKind::not_found);
    EXPECT_NE(answer.error().message.find("crm-host"), std::string::npos);
  }
}

}  // namespace
}  // namespace crm::app
