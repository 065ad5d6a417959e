#pragma once
/// The right to pass through folders that are closed to others.
#include <sys/types.h>

#include <string>

namespace crm::app {

/// Whether `uid` may pass through `folder`, as far as its owner, group and mode tell.
bool may_enter(const std::string& folder, uid_t uid, gid_t gid);

/// Adds an access-control entry that lets `uid`, and nobody else, pass through `folder`: it can neither
/// list nor change what is in it. False when the file system knows no such entries.
bool grant_entry(const std::string& folder, uid_t uid);

}  // namespace crm::app
