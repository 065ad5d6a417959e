#pragma once
/// Lets the database server's user reach its files through folders that others may not enter.
#include <sys/types.h>

#include <string>

namespace crm::app {

/// Whether `uid` may enter `folder`, as far as its owner, group and mode tell.
bool may_enter(const std::string& folder, uid_t uid, gid_t gid);

/// Adds an access-control entry that lets `uid`, and nobody else, enter `folder` on the way to a path that it
/// knows: it can neither list nor change what is in it. False when the file system has no such entries.
bool grant_entry(const std::string& folder, uid_t uid);

}  // namespace crm::app
