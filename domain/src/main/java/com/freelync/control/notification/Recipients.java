package com.freelync.control.notification;

import com.freelync.control.approval.Role;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.identity.Directory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Whom an automation tells. A definition names them by a role ({@code CFO}, or an object with
 * {@code role}), a group of roles ({@code finance}), a person's subject, or a list of these.
 */
public record Recipients(Set<Role> roles, Set<String> subjects) {
  private static final int MOST = 200;

  private static final Map<String, Set<Role>> GROUPS =
      Map.of(
          "admins", roles("ADMIN"),
          "finance", roles("CFO"),
          "executives", roles("CEO", "CFO", "CTO", "EXECUTIVE"),
          "operations", roles("OPERATOR", "DEVOPS"),
          "analysts", roles("ANALYST"));

  public Recipients {
    roles = Set.copyOf(roles);
    subjects = Set.copyOf(subjects);
  }

  /**
   * Reads the input {@code to}; admins where it is missing.
   *
   * @throws ActionRefused if it names nobody in a way that is known
   */
  public static Recipients of(@Nullable Object to) {
    Set<Role> roles = new HashSet<>();
    Set<String> subjects = new HashSet<>();
    List<?> named = to instanceof List<?> list ? list : List.of(to == null ? "ADMIN" : to);
    if (named.isEmpty() || named.size() > MOST) {
      throw new ActionRefused("to", "to names 1 to " + MOST + " roles, groups or people");
    }
    for (Object one : named) {
      String name = name(one);
      if (Role.isValid(name)) {
        roles.add(new Role(name));
      } else if (GROUPS.containsKey(name.toLowerCase(Locale.ROOT))) {
        roles.addAll(GROUPS.getOrDefault(name.toLowerCase(Locale.ROOT), Set.of()));
      } else if (name.contains("@")) {
        throw new ActionRefused(
            "to", "to names people by role, group or subject: their addresses are the directory's");
      } else {
        subjects.add(name);
      }
    }
    return new Recipients(roles, subjects);
  }

  private static String name(Object one) {
    if (one instanceof String text) {
      return text.strip();
    }
    if (one instanceof Map<?, ?> map && map.size() == 1 && map.get("role") instanceof String role) {
      return role;
    }
    throw new ActionRefused("to", "to is a role, a group, a subject, {role} or a list of these");
  }

  /**
   * Everyone whom it reaches, by subject.
   *
   * @throws ActionRefused if a person who is named is not in the directory, or nobody is reached
   */
  public List<String> reached(Handle handle) {
    List<String> reached = Directory.subjects(handle, roles, subjects);
    List<String> unknown = new ArrayList<>(subjects);
    unknown.removeAll(reached);
    if (!unknown.isEmpty()) {
      throw new ActionRefused(
          "unknown_recipient", "nobody in the directory is called " + String.join(", ", unknown));
    }
    if (reached.isEmpty()) {
      throw new ActionRefused(
          "no_recipient",
          "nobody holds " + String.join(", ", roles.stream().map(Role::name).sorted().toList()));
    }
    return reached;
  }

  private static Set<Role> roles(String... names) {
    Set<Role> roles = new HashSet<>();
    for (String name : names) {
      roles.add(new Role(name));
    }
    return Set.copyOf(roles);
  }
}
