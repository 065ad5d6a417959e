#include "plugin/adapters/crm/crm_failure.hpp"

namespace scheduling {

Error crm_error(const crm::sdk::Failure& failure) {
  using crm::sdk::FailureKind;
  switch (failure.kind) {
    case FailureKind::not_found: return make_error(Code::not_found, failure.message);
    case FailureKind::invalid: return invalid_field(failure.field, "invalid", failure.message);
    case FailureKind::vetoed: return invalid_field(failure.field, "vetoed", failure.message);
    case FailureKind::conflict: return make_error(Code::conflict, failure.constraint);
    case FailureKind::retry:
    case FailureKind::unavailable: {
      Error error = make_error(Code::provider_unavailable, failure.message);
      error.fault = Fault::ours;
      return error;
    }
    case FailureKind::broken: break;
  }
  return make_error(Code::broken, failure.sqlstate + " " + failure.message);
}

}  // namespace scheduling
