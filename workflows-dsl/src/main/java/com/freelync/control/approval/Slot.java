package com.freelync.control.approval;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** One approval that is asked for: a person with any one of these roles fills it. */
public record Slot(List<Role> roles) {
  public Slot {
    SequencedSet<Role> distinct = new LinkedHashSet<>(roles);
    if (distinct.isEmpty() || distinct.size() != roles.size()) {
      throw new IllegalArgumentException("a slot names at least one role, each once");
    }
    roles = List.copyOf(roles);
  }

  /** A slot that any of the named roles fills. */
  public static Slot of(String... roles) {
    return new Slot(List.of(roles).stream().map(Role::new).toList());
  }

  /** The names of the roles, as people write them. */
  public List<String> roleNames() {
    return roles.stream().map(Role::name).toList();
  }
}
