package com.freelync.control.identity;

import com.freelync.control.approval.Role;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * An active person of the directory. Their address stays there: it is asked for only where a mail
 * is sent.
 *
 * @param subject the stable short name, as tokens have it
 * @param displayName the name for people
 * @param roles the roles that the directory gives them
 * @param hasAddress whether mail can reach them
 */
public record PersonEntry(String subject, String displayName, Set<Role> roles, boolean hasAddress) {
  public PersonEntry {
    Set<Role> sorted = new TreeSet<>(java.util.Comparator.comparing(Role::name));
    sorted.addAll(roles);
    roles = Collections.unmodifiableSet(sorted);
  }

  /** Without the name, which has no place in a log. */
  @Override
  public String toString() {
    return "PersonEntry[" + subject + "]";
  }
}
