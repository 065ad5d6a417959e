#include "reference_host/embedded_postgres/folder_access.hpp"

#include <sys/stat.h>
#include <sys/xattr.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

namespace crm::app {

namespace {

constexpr const char* k_attribute = "system.posix_acl_access";
constexpr std::uint32_t k_version = 2;

// The kernel's own layout (linux/posix_acl_xattr.h), which every tool shares.
enum Tag : std::uint16_t { user_obj = 0x01, user = 0x02, group_obj = 0x04, group = 0x08, mask = 0x10, other = 0x20 };
struct Entry {
  std::uint16_t tag;
  std::uint16_t rights;
  std::uint32_t id;
};
constexpr std::uint32_t k_no_id = 0xFFFFFFFF;
constexpr std::uint16_t k_pass = 1;

std::vector<Entry> entries_of(const std::string& folder, mode_t mode) {
  char raw[4096];
  const ssize_t length = ::getxattr(folder.c_str(), k_attribute, raw, sizeof raw);
  if (length < static_cast<ssize_t>(sizeof k_version + sizeof(Entry)))
    return {{user_obj, static_cast<std::uint16_t>(mode >> 6 & 7), k_no_id},
            {group_obj, static_cast<std::uint16_t>(mode >> 3 & 7), k_no_id},
            {other, static_cast<std::uint16_t>(mode & 7), k_no_id}};
  std::vector<Entry> entries((static_cast<std::size_t>(length) - sizeof k_version) / sizeof(Entry));
  std::memcpy(entries.data(), raw + sizeof k_version, entries.size() * sizeof(Entry));
  return entries;
}

}  // namespace

bool may_enter(const std::string& folder, uid_t uid, gid_t gid) {
  struct stat about {};
  if (::stat(folder.c_str(), &about) != 0) return false;
  const mode_t needed = about.st_uid == uid ? S_IXUSR : about.st_gid == gid ? S_IXGRP : S_IXOTH;
  return (about.st_mode & needed) != 0;
}

bool grant_entry(const std::string& folder, uid_t uid) {
  struct stat about {};
  if (::stat(folder.c_str(), &about) != 0) return false;
  std::vector<Entry> entries = entries_of(folder, about.st_mode);
  std::erase_if(entries,
                [&](const Entry& entry) { return (entry.tag == user && entry.id == uid) || entry.tag == mask; });
  entries.push_back({user, k_pass, uid});
  Entry all{mask, 0, k_no_id};
  for (const Entry& entry : entries)
    if (entry.tag == user || entry.tag == group || entry.tag == group_obj) all.rights |= entry.rights;
  entries.push_back(all);
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.tag != b.tag ? a.tag < b.tag : a.id < b.id; });
  std::string raw(reinterpret_cast<const char*>(&k_version), sizeof k_version);
  raw.append(reinterpret_cast<const char*>(entries.data()), entries.size() * sizeof(Entry));
  return ::setxattr(folder.c_str(), k_attribute, raw.data(), raw.size(), 0) == 0;
}

}  // namespace crm::app
