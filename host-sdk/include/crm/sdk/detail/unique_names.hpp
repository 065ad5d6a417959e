#pragma once
/// Notices a name that stands twice in one JSON object: every reader takes another of the two. Included by
/// json_input_read.hpp.
#include <Poco/JSON/ParseHandler.h>

#include <set>
#include <string>
#include <vector>

namespace crm::sdk::detail {

class UniqueNames final : public Poco::JSON::ParseHandler {
 public:
  void startObject() override {
    levels_.emplace_back();
    ParseHandler::startObject();
  }
  void endObject() override {
    levels_.pop_back();
    ParseHandler::endObject();
  }
  void key(const std::string& name) override {
    Level& level = levels_.back();
    level.last = name;
    if (!level.names.insert(name).second && repeated_.empty())
      for (const Level& each : levels_) repeated_ += (repeated_.empty() ? "" : ".") + each.last;
    ParseHandler::key(name);
  }
  /// "settings.align"; empty when every name stands once.
  const std::string& repeated() const { return repeated_; }

 private:
  struct Level {
    std::set<std::string> names;
    std::string last;
  };
  std::vector<Level> levels_;
  std::string repeated_;
};

}  // namespace crm::sdk::detail
