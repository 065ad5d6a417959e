#pragma once

namespace scheduling {

class Wiring;

/// For demonstrations: page `demo` of rep@example.test with two types and office hours. Does nothing when
/// there is no such user, or the page or hours exist already. What fails is logged and stops nothing.
void create_demo_page(Wiring& wiring);

}  // namespace scheduling
