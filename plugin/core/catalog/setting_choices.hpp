#pragma once
/// What a meeting type may choose among, and the names under which the choices are published and stored.
#include <cstdint>
#include <string_view>

namespace scheduling {

/// Where the grid of starts begins: with the open hours, or on the clock.
enum class Align : std::uint8_t { start, clock };
/// Whether whoever has the contact goes before a team's turn; strict binds who was invited.
enum class OwnerFirst : std::uint8_t { off, prefer, strict };
/// Whether an address that was never met proves itself before a booking counts.
enum class VerifyEmail : std::uint8_t { off, new_addresses };

std::string_view name_of(Align align);
std::string_view name_of(OwnerFirst owner_first);
std::string_view name_of(VerifyEmail verify_email);

}  // namespace scheduling
