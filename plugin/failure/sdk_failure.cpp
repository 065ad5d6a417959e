#include "plugin/failure/sdk_failure.hpp"

namespace scheduling {

using crm::sdk::Failure;
using crm::sdk::FailureKind;

Error to_error(const Failure& failure, Peer peer) {
  switch (failure.kind) {
    case FailureKind::invalid: return invalid_field(failure.field, "invalid", failure.message);
    case FailureKind::vetoed: return invalid_field(failure.field, "vetoed", failure.message);
    case FailureKind::not_found: return make_error(Code::not_found, failure.message);
    case FailureKind::conflict: return make_error(Code::conflict, failure.constraint);
    case FailureKind::retry:
    case FailureKind::unavailable:
      return make_error(peer == Peer::database ? Code::database_unavailable : Code::provider_unavailable,
                        failure.message);
    case FailureKind::broken: break;
  }
  return make_error(Code::broken,
                    failure.sqlstate.empty() ? failure.message : failure.sqlstate + " " + failure.message);
}

Failure to_failure(const Error& error) {
  const bool is_unavailable = error.code == Code::database_unavailable || error.code == Code::provider_unavailable;
  std::string what = error.detail.empty() ? std::string(name_of(error.code)) : error.detail;
  return {is_unavailable ? FailureKind::unavailable : FailureKind::broken, std::move(what), {}, {}, {}};
}

}  // namespace scheduling
