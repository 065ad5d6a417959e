#pragma once
/// Value or Error: the one alias (ADR-0001). Nobody else spells the type below it.
#include <tl/expected.hpp>
#include <utility>

#include "plugin/core/error.hpp"

namespace scheduling {

template <class T>
using Result = tl::expected<T, Error>;
using Done = tl::expected<void, Error>;

inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>(std::move(error));
}
inline tl::unexpected<Error> fail(Code code, std::string detail = {}) {
  return fail(make_error(code, std::move(detail)));
}

}  // namespace scheduling
