#pragma once
/// What others read in our mails and calendars: second_reader.py, run once over many files.
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <string>
#include <vector>

namespace scheduling::test {

using Json = Poco::JSON::Object::Ptr;

/// One answer per file, in order. Throws when the reader cannot read one at all.
std::vector<Json> read_mails(const std::vector<std::string>& messages);
std::vector<Json> read_calendars(const std::vector<std::string>& files);

/// The rules a file breaks, one a line; empty when none.
std::string faults(const Json& read);
/// "to.name"; "(none)" for null or absent.
std::string text_at(const Json& read, const std::string& path);
/// The part at the path of indexes: part(read, {0, 2}).
Json part(const Json& mail, const std::vector<unsigned>& path);
/// type{type, type, …} of the whole mail.
std::string outline(const Json& part);

struct Property {
  std::string value;
  Json params;
};
/// All properties `name` of the component ("VCALENDAR/VEVENT").
std::vector<Property> properties(const Json& calendar, const std::string& component, const std::string& name);
/// The only one's value; "(none)" or "(several)".
std::string property(const Json& calendar, const std::string& component, const std::string& name);

}  // namespace scheduling::test
