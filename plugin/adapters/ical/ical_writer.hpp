#pragma once
/// CalendarFile over libical: escaping, folding and line ends are the library's.
#include <memory>

#include "plugin/ports/presentation/calendar_file.hpp"

namespace scheduling {

std::unique_ptr<CalendarFile> make_ical_writer();

}  // namespace scheduling
