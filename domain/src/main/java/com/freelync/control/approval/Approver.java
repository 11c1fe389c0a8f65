package com.freelync.control.approval;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who decides.
 *
 * @param subject the person
 * @param roles the roles that the person's token gives
 * @param requestId the HTTP request by which they decide
 */
public record Approver(String subject, Set<Role> roles, @Nullable String requestId) {
  public Approver {
    roles = Set.copyOf(roles);
  }

  /** The way in which they decide for nobody else. */
  Given inPerson() {
    return new Given(subject, roles, null);
  }
}
