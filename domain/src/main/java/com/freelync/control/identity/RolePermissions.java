package com.freelync.control.identity;

import static com.freelync.control.identity.Permission.ALERTS_MANAGE;
import static com.freelync.control.identity.Permission.ANALYTICS_QUERY;
import static com.freelync.control.identity.Permission.ANALYTICS_READ;
import static com.freelync.control.identity.Permission.AUDIT_READ;
import static com.freelync.control.identity.Permission.AUTOMATION_APPROVE;
import static com.freelync.control.identity.Permission.AUTOMATION_MANAGE;
import static com.freelync.control.identity.Permission.AUTOMATION_OPERATE;
import static com.freelync.control.identity.Permission.CONFIG_APPROVE;
import static com.freelync.control.identity.Permission.CONFIG_MANAGE;
import static com.freelync.control.identity.Permission.CONFIG_READ;
import static com.freelync.control.identity.Permission.CONFIG_REVEAL;
import static com.freelync.control.identity.Permission.EVENTS_PUBLISH;
import static com.freelync.control.identity.Permission.FEATURES_EVALUATE;
import static com.freelync.control.identity.Permission.FEATURES_MANAGE;
import static com.freelync.control.identity.Permission.MAINTENANCE_MANAGE;

import com.freelync.control.approval.Role;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which permissions each role gives; a role that is not named here gives none. */
public final class RolePermissions {
  private static final Set<Permission> EXECUTIVE_OFFICER =
      EnumSet.of(ANALYTICS_READ, CONFIG_APPROVE, AUTOMATION_APPROVE, AUDIT_READ);

  private static final Map<Role, Set<Permission>> BY_ROLE =
      Map.of(
          new Role("CEO"), EXECUTIVE_OFFICER,
          new Role("CFO"), EXECUTIVE_OFFICER,
          new Role("CTO"),
              with(EXECUTIVE_OFFICER, CONFIG_REVEAL, FEATURES_MANAGE, MAINTENANCE_MANAGE),
          new Role("ADMIN"),
              EnumSet.of(
                  ANALYTICS_READ,
                  ANALYTICS_QUERY,
                  CONFIG_MANAGE,
                  FEATURES_MANAGE,
                  MAINTENANCE_MANAGE,
                  AUTOMATION_MANAGE,
                  AUTOMATION_OPERATE,
                  AUDIT_READ),
          new Role("OPERATOR"), EnumSet.of(AUTOMATION_OPERATE, MAINTENANCE_MANAGE),
          new Role("ANALYST"), EnumSet.of(ANALYTICS_READ, ANALYTICS_QUERY),
          new Role("EXECUTIVE"), EnumSet.of(ANALYTICS_READ),
          new Role("DEVOPS"), EnumSet.of(AUTOMATION_OPERATE, AUDIT_READ, ALERTS_MANAGE),
          new Role("SERVICE"), EnumSet.of(EVENTS_PUBLISH, CONFIG_READ, FEATURES_EVALUATE));

  private RolePermissions() {}

  /** Everything that the roles give together. */
  public static Set<Permission> of(Collection<Role> roles) {
    EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
    roles.forEach(role -> permissions.addAll(BY_ROLE.getOrDefault(role, Set.of())));
    return Collections.unmodifiableSet(permissions);
  }

  /** Every role that gives a permission. */
  public static Set<Role> giving(Permission permission) {
    return BY_ROLE.entrySet().stream()
        .filter(given -> given.getValue().contains(permission))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<Permission> with(Set<Permission> some, Permission... more) {
    EnumSet<Permission> all = EnumSet.copyOf(some);
    Collections.addAll(all, more);
    return all;
  }
}
