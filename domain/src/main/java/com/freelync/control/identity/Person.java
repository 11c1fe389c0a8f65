package com.freelync.control.identity;

import com.freelync.control.approval.Role;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: a person or a service, as their token says.
 *
 * @param subject the stable short name, such as {@code cfo}
 * @param displayName the name for people, if the token has one
 * @param roles the roles that they hold
 */
public record Person(String subject, @Nullable String displayName, Set<Role> roles)
    implements Principal {
  public Person {
    roles = Collections.unmodifiableSet(new LinkedHashSet<>(roles));
  }

  /** What their roles permit. */
  public Set<Permission> permissions() {
    return RolePermissions.of(roles);
  }

  /** Whether one of the permissions is theirs. */
  public boolean mayAnyOf(Permission... permissions) {
    return Arrays.stream(permissions).anyMatch(permissions()::contains);
  }

  @Override
  public String getName() {
    return subject;
  }
}
