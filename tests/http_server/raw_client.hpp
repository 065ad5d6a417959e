#pragma once
/// A socket that sends what it is told and reads what comes: no HTTP library tidies up between.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

class RawClient {
 public:
  /// `from`: one of this machine's loopback addresses, each of which is a client of its own to the server.
  explicit RawClient(int port, const char* from = "127.0.0.1", int receive_buffer = 0)
      : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    ::inet_pton(AF_INET, from, &address.sin_addr);
    if (::bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("no such address");
    if (receive_buffer > 0) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("no connection");
  }
  ~RawClient() {
    if (fd_ >= 0) ::close(fd_);
  }
  RawClient(RawClient&& other) noexcept : fd_(other.fd_), was_reset_(other.was_reset_) { other.fd_ = -1; }
  RawClient& operator=(RawClient&&) = delete;

  /// False when the server does not take it any more.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  void end_sending() { ::shutdown(fd_, SHUT_WR); }
  /// Takes answers in large pieces from now on, whatever the buffer was at first.
  void read_fast() {
    const int bytes = 1024 * 1024;
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  }

  /// Everything until the server closes, or until `patience` passed.
  std::string read_all(std::chrono::milliseconds patience = std::chrono::seconds(5)) {
    std::string all;
    while (const auto piece = read_some(patience)) all += *piece;
    return all;
  }
  /// One answer with Content-Length, its head and body.
  std::string read_answer(std::chrono::milliseconds patience = std::chrono::seconds(5)) {
    std::string all;
    for (;;) {
      const std::size_t head = all.find("\r\n\r\n");
      if (head != std::string::npos) {
        const std::size_t at = all.find("Content-Length: ");
        const std::size_t length = at < head ? std::stoul(all.substr(at + 16)) : 0;
        if (all.size() >= head + 4 + length) return all;
      }
      const auto piece = read_some(patience);
      if (!piece) return all;
      all += *piece;
    }
  }
  /// Whether the server has closed within `patience`.
  bool is_closed(std::chrono::milliseconds patience) { return !read_some(patience) && ended_; }
  bool was_reset() const { return was_reset_; }

 private:
  struct Piece {
    std::string bytes;
    bool good = false;
    explicit operator bool() const { return good; }
    const std::string& operator*() const { return bytes; }
  };
  Piece read_some(std::chrono::milliseconds patience) {
    pollfd one{fd_, POLLIN, 0};
    if (::poll(&one, 1, static_cast<int>(patience.count())) <= 0) return {};
    char buffer[16384];
    const ssize_t count = ::recv(fd_, buffer, sizeof buffer, 0);
    ended_ = count <= 0;
    was_reset_ = was_reset_ || count < 0;
    if (count <= 0) return {};
    return {std::string(buffer, static_cast<std::size_t>(count)), true};
  }

  int fd_;
  bool ended_ = false;
  bool was_reset_ = false;
};
