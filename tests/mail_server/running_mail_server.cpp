#include "tests/mail_server/running_mail_server.hpp"

#include <Poco/Base64Decoder.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <sstream>
#include <stdexcept>

namespace crm::test {
namespace {

using Poco::JSON::Object;

Poco::Dynamic::Var parsed(const std::string& text) {
  Poco::JSON::Parser parser;
  return parser.parse(text);
}

std::string decoded(const std::string& text) {
  std::istringstream in(text);
  Poco::Base64Decoder decoder(in);
  std::string out;
  Poco::StreamCopier::copyToString(decoder, out);
  return out;
}

std::vector<std::string> arguments(const MailServerOptions& options) {
  constexpr const char* names[] = {"none", "starttls", "implicit"};
  std::vector<std::string> all = {"python3", CRM_MAIL_SERVER, "--tls", names[static_cast<int>(options.tls)]};
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) all.insert(all.end(), {name, value});
  };
  add("--cert", options.certificate.certificate);
  add("--key", options.certificate.key);
  add("--user", options.user);
  add("--password", options.password);
  if (!options.smtputf8) all.emplace_back("--no-smtputf8");
  if (options.pipelining) all.emplace_back("--pipelining");
  return all;
}

/// Starts the server with its standard output on a pipe; gives the pipe's other end.
std::FILE* start(const std::vector<std::string>& all, pid_t& process) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe for the mail server");
  std::vector<char*> words;
  for (const std::string& word : all) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  process = ::fork();
  if (process == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that crashes leaves no server behind
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execv("/usr/bin/python3", words.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  return ::fdopen(ends[0], "r");
}

}  // namespace

RunningMailServer::RunningMailServer(MailServerOptions options) : options_(std::move(options)) {
  std::FILE* const out = start(arguments(options_), process_);
  char line[200] = "";
  const bool spoke = out != nullptr && std::fgets(line, sizeof line, out) != nullptr;
  if (out != nullptr) std::fclose(out);
  if (!spoke) throw std::runtime_error("the mail server did not start");
  const auto ports = parsed(line).extract<Object::Ptr>();
  port_ = ports->getValue<int>("smtp_port");
  control_port_ = ports->getValue<int>("control_port");
}

RunningMailServer::~RunningMailServer() {
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

std::string RunningMailServer::url(const std::string& host) const {
  return (options_.tls == MailServerTls::implicit ? "smtps://" : "smtp://") + host + ":" + std::to_string(port_);
}

std::string RunningMailServer::control(const std::string& method, const std::string& path,
                                       const std::string& body) const {
  Poco::Net::HTTPClientSession session("127.0.0.1", static_cast<std::uint16_t>(control_port_));
  Poco::Net::HTTPRequest request(method, path, "HTTP/1.1");
  request.setContentLength(static_cast<std::streamsize>(body.size()));
  session.sendRequest(request) << body;
  Poco::Net::HTTPResponse response;
  std::string answer;
  Poco::StreamCopier::copyToString(session.receiveResponse(response), answer);
  if (response.getStatus() >= 400) throw std::runtime_error(method + " " + path + ": " + answer);
  return answer;
}

std::vector<ReceivedMail> RunningMailServer::mails() const {
  std::vector<ReceivedMail> mails;
  const auto list = parsed(control("GET", "/mails")).extract<Poco::JSON::Array::Ptr>();
  for (unsigned i = 0; i < list->size(); ++i) {
    const auto one = list->getObject(i);
    ReceivedMail& mail = mails.emplace_back();
    mail.connection = one->getValue<int>("connection");
    mail.from = one->getValue<std::string>("from");
    for (const auto& to : *one->getArray("to")) mail.to.push_back(to.toString());
    mail.tls = one->getValue<bool>("tls");
    if (!one->isNull("user")) mail.user = one->getValue<std::string>("user");
    mail.raw = decoded(one->getValue<std::string>("raw_base64"));
  }
  return mails;
}

void RunningMailServer::add_fault(const MailFault& fault) {
  Object object;
  object.set("stage", fault.stage);
  object.set("code", fault.code);
  object.set("text", fault.text);
  object.set("count", fault.count);
  if (!fault.match.empty()) object.set("match", fault.match);
  object.set("delay_ms", fault.delay_ms);
  object.set("drop", fault.drop);
  std::ostringstream text;
  object.stringify(text);
  control("POST", "/faults", text.str());
}

int RunningMailServer::connections(const std::string& which) const {
  return parsed(control("GET", "/connections")).extract<Object::Ptr>()->getValue<int>(which);
}

void RunningMailServer::forget_mails() {
  control("DELETE", "/mails");
}
void RunningMailServer::clear_faults() {
  control("DELETE", "/faults");
}
int RunningMailServer::connections_opened() const {
  return connections("opened");
}
int RunningMailServer::connections_open() const {
  return connections("open");
}
int RunningMailServer::commands_ahead() const {
  return connections("ahead");
}
void RunningMailServer::drop_connections() {
  control("DELETE", "/connections");
}

}  // namespace crm::test
