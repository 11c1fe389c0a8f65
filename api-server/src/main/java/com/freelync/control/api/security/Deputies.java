package com.freelync.control.api.security;

import com.freelync.control.identity.Permission;
import java.util.EnumSet;
import java.util.Set;

/**
 * What people may do because somebody named them as who stands in. It is only to approve: nothing
 * else is delegated, and the gate then counts them with the other's roles.
 */
@FunctionalInterface
public interface Deputies {
  /** The permissions that a delegation can give. */
  Set<Permission> DELEGATED =
      Set.copyOf(EnumSet.of(Permission.AUTOMATION_APPROVE, Permission.CONFIG_APPROVE));

  /** Every permission of those for whom the person stands in now. */
  Set<Permission> of(String subject);

  /** Whether a delegation gives the person one of the permissions. */
  default boolean gives(String subject, Set<Permission> anyOf) {
    return anyOf.stream().anyMatch(DELEGATED::contains)
        && of(subject).stream().filter(DELEGATED::contains).anyMatch(anyOf::contains);
  }
}
