#pragma once
/// The text of --help: usage.txt, which packaging/run.sh shows before anything is built.

namespace crm::app {

extern const char* const k_usage;

}  // namespace crm::app
