#include "reference_host/http/route_table.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>

#include "reference_host/http/request_target.hpp"

namespace crm::app {
namespace {

constexpr std::size_t k_methods = 4;
constexpr std::size_t k_segments_max = 16;

struct Entry {
  sdk::Route route;
  std::vector<std::string> names;  ///< of the {names}, left to right
  bool switched_off = false;
};

/// Told when the last request has left an owner's routes and their handlers are gone.
struct Drained {
  std::mutex mutex;
  std::condition_variable changed;
  bool is_done = false;
};

/// The routes of one owner. Snapshots and requests in flight share it; a deque, because adding must not
/// move what they read.
struct Owner {
  std::string name;
  std::deque<Entry> entries;
};

using OwnerPtr = std::shared_ptr<Owner>;

/// One level of the tree of path segments.
///
/// All patterns stand in one tree. A node has a child for each literal segment and at most one child for a
/// {name}; a pattern ends at a node, which has one entry for each method. Search::walk() goes to the literal
/// child first. When nothing below that child fits, it steps back and goes to the named child. So of two patterns
/// that fit a path, the one whose literal stands further left wins: /schedule/manage/{token} is found before
/// /schedule/{slug}/{meetingType}, whatever was registered first.
///
/// A published tree never changes. Whoever adds or removes routes builds a new tree and swaps the pointer
/// (Impl::publish), while requests go on with the tree they took. Trees and running requests share the routes of
/// an owner; when the last of them lets go, the owner's handlers are destroyed and whoever waits for that is woken
/// (Impl::make_owner, Impl::wait_for). Only then may the library with the handlers' code be unloaded.
struct Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> named;
  std::array<const Entry*, k_methods> entries{};
  std::array<OwnerPtr, k_methods> owners;
};

struct Snapshot {
  Node root;
};

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

bool is_name_segment(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool is_well_formed(std::string_view pattern) {
  if (!pattern.starts_with('/')) return false;
  const auto segments = segments_of(pattern);
  if (segments.size() > k_segments_max) return false;
  for (const std::string_view segment : segments) {
    if (segment.empty() && segments.size() > 1) return false;
    const std::string_view text = is_name_segment(segment) ? segment.substr(1, segment.size() - 2) : segment;
    const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
             c == '.' || c == '~' || c == '@';
    });
    if (!is_plain) return false;
  }
  return true;
}

std::vector<std::string> names_in(std::string_view pattern) {
  std::vector<std::string> names;
  for (const std::string_view segment : segments_of(pattern))
    if (is_name_segment(segment)) names.emplace_back(segment.substr(1, segment.size() - 2));
  return names;
}

/// The pattern without its names: two patterns of one shape match the same paths.
std::string shape_of(std::string_view pattern) {
  std::string shape;
  for (const std::string_view segment : segments_of(pattern)) {
    shape += '/';
    shape += is_name_segment(segment) ? std::string_view("{}") : segment;
  }
  return shape;
}

Node& node_for(Node& root, std::string_view pattern) {
  Node* node = &root;
  for (const std::string_view segment : segments_of(pattern)) {
    auto& child = is_name_segment(segment) ? node->named : node->literals[std::string(segment)];
    if (!child) child = std::make_unique<Node>();
    node = child.get();
  }
  return *node;
}

/// A path cut into decoded segments, without allocation for ordinary paths.
struct Path {
  std::array<std::string_view, k_segments_max> segments;
  std::size_t count = 0;
  bool is_malformed = false;
  std::string decoded;

  explicit Path(std::string_view path) {
    if (path.find('%') != std::string_view::npos) decoded.reserve(path.size());
    while (!path.empty() && count < k_segments_max + 1) {
      path.remove_prefix(1);
      const std::size_t end = std::min(path.find('/'), path.size());
      if (count == k_segments_max) {
        count = k_segments_max + 1;  // longer than any pattern
        return;
      }
      segments[count++] = decode(path.substr(0, end));
      path.remove_prefix(end);
    }
  }

 private:
  std::string_view decode(std::string_view segment) {
    if (segment.find('%') == std::string_view::npos) return segment;
    const std::size_t start = decoded.size();
    if (!append_decoded(segment, Plus::is_plus, decoded)) is_malformed = true;
    return std::string_view(decoded).substr(start);
  }
};

struct Search {
  const Path& path;
  std::size_t method = 0;
  std::array<std::string_view, k_segments_max> values{};
  std::size_t values_count = 0;
  std::array<bool, k_methods> allowed{};

  bool is_decided = false;

  /// Literal before name, from the left. The first pattern that fits decides, whatever its methods: GET
  /// on a literal path that only takes POST is a 405, and no name swallows the literal.
  const Node* walk(const Node& node, std::size_t depth) {
    if (path.count > k_segments_max) return nullptr;
    if (depth == path.count) {
      for (std::size_t m = 0; m < k_methods; ++m) allowed[m] = node.entries[m] != nullptr;
      is_decided = std::find(allowed.begin(), allowed.end(), true) != allowed.end();
      return method < k_methods && node.entries[method] != nullptr ? &node : nullptr;
    }
    const std::string_view segment = path.segments[depth];
    if (const auto child = node.literals.find(segment); child != node.literals.end())
      if (const Node* found = walk(*child->second, depth + 1); found != nullptr || is_decided) return found;
    if (!node.named || segment.empty()) return nullptr;
    values[values_count++] = segment;
    const Node* found = walk(*node.named, depth + 1);
    if (found == nullptr) --values_count;
    return found;
  }

  std::string allow() const {
    std::string list;
    for (std::size_t m = 0; m < k_methods; ++m) {
      if (!allowed[m]) continue;
      if (!list.empty()) list += ", ";
      list += sdk::to_string(static_cast<sdk::Method>(m));
    }
    return list;
  }
};

}  // namespace

struct RouteTable::Impl {
  struct Held {
    OwnerPtr owner;
    std::shared_ptr<Drained> drained;
  };

  mutable std::mutex mutex;  ///< guards owners and publishing
  std::map<std::string, Held, std::less<>> owners;
  mutable std::mutex snapshot_mutex;  ///< held for the copy of a pointer only
  std::shared_ptr<const Snapshot> snapshot = std::make_shared<const Snapshot>();

  std::shared_ptr<const Snapshot> current() const {
    const std::lock_guard lock(snapshot_mutex);
    return snapshot;
  }

  static Held make_owner(std::string_view name) {
    auto drained = std::make_shared<Drained>();
    // The handlers die with the owner, whichever thread drops it last; only then is it drained.
    OwnerPtr owner(new Owner{std::string(name), {}}, [drained](Owner* last) {
      delete last;
      const std::lock_guard lock(drained->mutex);
      drained->is_done = true;
      drained->changed.notify_all();
    });
    return {std::move(owner), std::move(drained)};
  }

  /// Puts `next` (may be none) in the place of the owner's routes and returns the old ones' signal.
  std::shared_ptr<Drained> exchange(std::string_view name, std::optional<Held> next) {
    std::shared_ptr<Drained> drained;
    if (const auto found = owners.find(name); found != owners.end()) {
      drained = found->second.drained;
      owners.erase(found);
    }
    if (next) owners.emplace(std::string(name), std::move(*next));
    publish();
    return drained;
  }

  static void wait_for(const std::shared_ptr<Drained>& drained) {
    if (!drained) return;
    std::unique_lock lock(drained->mutex);
    drained->changed.wait(lock, [&] { return drained->is_done; });
  }

  /// Who has a route of this method and shape, apart from `except`.
  bool is_taken(const Entry& entry, std::string_view except) const {
    for (const auto& [name, one] : owners) {
      if (name == except) continue;
      for (const Entry& other : one.owner->entries)
        if (other.route.method == entry.route.method && shape_of(other.route.pattern) == shape_of(entry.route.pattern))
          return true;
    }
    return false;
  }

  static sdk::Done check(Entry& entry) {
    if (!is_well_formed(entry.route.pattern))
      return sdk::fail(sdk::FailureKind::invalid, "the route pattern '" + entry.route.pattern + "' is malformed");
    entry.names = names_in(entry.route.pattern);
    return {};
  }

  static sdk::Done taken(const sdk::Route& route) {
    return sdk::fail(sdk::FailureKind::conflict,
                     std::string(sdk::to_string(route.method)) + " " + route.pattern + " is registered already");
  }

  void publish() {
    auto next = std::make_shared<Snapshot>();
    for (const auto& [name, one] : owners) {
      for (const Entry& entry : one.owner->entries) {
        Node& node = node_for(next->root, entry.route.pattern);
        const auto method = static_cast<std::size_t>(entry.route.method);
        node.entries[method] = &entry;
        node.owners[method] = one.owner;
      }
    }
    std::shared_ptr<const Snapshot> last = std::move(next);
    const std::lock_guard lock(snapshot_mutex);
    snapshot.swap(last);
  }

  sdk::Done add(std::string_view owner, Entry entry) {
    if (auto checked = check(entry); !checked) return checked;
    const std::lock_guard lock(mutex);
    if (is_taken(entry, {})) return taken(entry.route);
    auto found = owners.find(owner);
    if (found == owners.end()) found = owners.emplace(std::string(owner), make_owner(owner)).first;
    found->second.owner->entries.push_back(std::move(entry));
    publish();
    return {};
  }
};

RouteTable::RouteTable() : impl_(std::make_unique<Impl>()) {}
RouteTable::~RouteTable() = default;

sdk::Done RouteTable::add(std::string_view owner, sdk::Route route) {
  if (!route.handler) return sdk::fail(sdk::FailureKind::invalid, "the route '" + route.pattern + "' has no handler");
  return impl_->add(owner, Entry{std::move(route), {}, false});
}

sdk::Done RouteTable::add_switched_off(std::string_view owner, sdk::Method method, std::string pattern) {
  sdk::Route route;
  route.method = method;
  route.pattern = std::move(pattern);
  route.access = sdk::Access::open;
  return impl_->add(owner, Entry{std::move(route), {}, true});
}

sdk::Done RouteTable::replace_owner(std::string_view owner, std::vector<sdk::Route> routes) {
  Impl::Held next = Impl::make_owner(owner);
  std::shared_ptr<Drained> drained;
  {
    const std::lock_guard lock(impl_->mutex);
    for (sdk::Route& route : routes) {
      Entry entry{std::move(route), {}, false};
      if (auto checked = Impl::check(entry); !checked) return checked;
      const bool is_twice =
          std::any_of(next.owner->entries.begin(), next.owner->entries.end(), [&](const Entry& other) {
            return other.route.method == entry.route.method &&
                   shape_of(other.route.pattern) == shape_of(entry.route.pattern);
          });
      if (is_twice || impl_->is_taken(entry, owner)) return Impl::taken(entry.route);
      next.owner->entries.push_back(std::move(entry));
    }
    drained = impl_->exchange(owner, std::move(next));
  }
  Impl::wait_for(drained);
  return {};
}

void RouteTable::switch_off(std::string_view owner) {
  std::shared_ptr<Drained> drained;
  {
    const std::lock_guard lock(impl_->mutex);
    const auto found = impl_->owners.find(owner);
    if (found == impl_->owners.end()) return;
    Impl::Held next = Impl::make_owner(owner);
    for (const Entry& entry : found->second.owner->entries) {
      sdk::Route route;
      route.method = entry.route.method;
      route.pattern = entry.route.pattern;
      route.access = sdk::Access::open;
      route.rate = entry.route.rate;
      next.owner->entries.push_back(Entry{std::move(route), entry.names, true});
    }
    drained = impl_->exchange(owner, std::move(next));
  }
  Impl::wait_for(drained);
}

void RouteTable::remove_owner(std::string_view owner) {
  std::shared_ptr<Drained> drained;
  {
    const std::lock_guard lock(impl_->mutex);
    drained = impl_->exchange(owner, std::nullopt);
  }
  Impl::wait_for(drained);
}

std::vector<RouteTable::Listed> RouteTable::list() const {
  std::vector<Listed> listed;
  const std::lock_guard lock(impl_->mutex);
  for (const auto& [name, held] : impl_->owners)
    for (const Entry& entry : held.owner->entries)
      listed.push_back({name, entry.route.method, entry.route.pattern, entry.route.access, entry.route.rate});
  return listed;
}

RouteTable::Found RouteTable::find(sdk::Method method, std::string_view path) const {
  Found found;
  const Path cut(path);
  found.is_malformed = cut.is_malformed;
  if (cut.is_malformed || !path.starts_with('/')) return found;
  Search search{cut, static_cast<std::size_t>(method)};
  const auto snapshot = impl_->current();
  const Node* node = search.walk(snapshot->root, 0);
  if (node == nullptr) {
    found.allow = search.allow();
    return found;
  }
  const Entry& entry = *node->entries[search.method];
  const OwnerPtr& owner = node->owners[search.method];
  found.route = std::shared_ptr<const sdk::Route>(owner, &entry.route);
  found.in_flight = owner;
  found.switched_off = entry.switched_off;
  found.params.reserve(search.values_count);
  for (std::size_t i = 0; i < search.values_count; ++i) found.params.emplace_back(entry.names[i], search.values[i]);
  return found;
}

std::string RouteTable::allowed(std::string_view path) const {
  const Path cut(path);
  if (cut.is_malformed || !path.starts_with('/')) return {};
  Search search{cut, k_methods};
  const auto snapshot = impl_->current();
  search.walk(snapshot->root, 0);
  return search.allow();
}

}  // namespace crm::app
