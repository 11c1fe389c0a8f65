package com.freelync.control.sandbox.identity;

import java.util.List;
import java.util.Map;

/**
 * The people of the local stack and their roles, as API.md names them. The API's directory has the
 * same in {@code api-server/config/people.yml}; its tests compare the two.
 */
public final class SamplePeople {
  /** Roles by person, in wire names. */
  public static final Map<String, List<String>> ROLES =
      Map.of(
          "ceo", List.of("CEO"),
          "cfo", List.of("CFO"),
          "founder", List.of("CEO", "CFO", "ADMIN"),
          "cto", List.of("CTO"),
          "admin", List.of("ADMIN"),
          "operator", List.of("OPERATOR"),
          "analyst", List.of("ANALYST"),
          "executive", List.of("EXECUTIVE"),
          "devops", List.of("DEVOPS"),
          "marketplace", List.of("SERVICE"));

  private SamplePeople() {}

  /** The person's name as it is shown: a sample name in words. */
  static String displayName(String person) {
    return switch (person) {
      case "ceo", "cfo", "cto" -> person.toUpperCase(java.util.Locale.ROOT);
      default -> Character.toUpperCase(person.charAt(0)) + person.substring(1);
    };
  }
}
