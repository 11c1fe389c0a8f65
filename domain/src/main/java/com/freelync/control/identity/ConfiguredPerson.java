package com.freelync.control.identity;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A person as the configuration names them.
 *
 * @param address where mail reaches them; null for a service
 * @param roles names of roles
 * @param delegates whom they let stand in until they say otherwise themselves
 */
record ConfiguredPerson(
    String subject,
    String displayName,
    @Nullable String address,
    SortedSet<String> roles,
    List<Delegation> delegates) {
  ConfiguredPerson {
    roles = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    delegates = List.copyOf(delegates);
  }

  @Override
  public String toString() {
    return "ConfiguredPerson[" + subject + "]";
  }
}
