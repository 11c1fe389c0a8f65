package com.freelync.control.approval;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One person's approval.
 *
 * @param by who approves
 * @param roles the roles that count: the person's own, or those of whom the person stands in for
 * @param onBehalfOf whom the person stands in for; null for the person's own roles
 */
public record Given(String by, Set<Role> roles, @Nullable String onBehalfOf) {
  public Given {
    roles = Set.copyOf(roles);
  }

  /** Everybody whose word it is: nobody may be among those of two approvals. */
  Set<String> people() {
    Set<String> people = new LinkedHashSet<>();
    people.add(by);
    if (onBehalfOf != null) {
      people.add(onBehalfOf);
    }
    return people;
  }
}
