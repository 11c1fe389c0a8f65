package com.freelync.control.api.security;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens are believed.
 *
 * @param issuer the exact {@code iss}
 * @param audience what {@code aud} must contain
 * @param jwksUri where the issuer's keys are
 * @param rolesClaim the claim that lists roles, {@code roles} unless named
 */
public record TokenSettings(
    @NotNull String issuer,
    @NotNull String audience,
    @NotNull URI jwksUri,
    @Nullable String rolesClaim) {
  /** The claim that lists roles. */
  public String rolesClaimOrDefault() {
    return rolesClaim == null ? "roles" : rolesClaim;
  }
}
