package com.freelync.control.identity;

import com.freelync.control.ControlCenter;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.sandbox.identity.SamplePeople;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The people of the local stack, as a configuration of the directory for tests. */
public final class TestPeople {
  private TestPeople() {}

  /** Puts them into a database's directory. */
  public static void install(TestDatabase database) {
    new ControlCenter(database.as("control_api"), Clock.systemUTC())
        .directorySync.apply(People.read(yaml()));
  }

  /** Everyone with an address, but for the service. */
  public static String yaml() {
    return "people:\n"
        + new TreeMap<>(SamplePeople.ROLES)
            .keySet().stream()
                .map(person -> "  " + person + ": " + fields(person))
                .collect(Collectors.joining("\n"));
  }

  private static String fields(String person) {
    String roles = String.join(", ", SamplePeople.ROLES.getOrDefault(person, java.util.List.of()));
    String address = person.equals("marketplace") ? "" : ", address: " + person + "@freelync.com";
    return "{name: Name of " + person + ", roles: [" + roles + "]" + address + "}";
  }

  /** A configuration of some people: fields in YAML's short form by subject. */
  public static People of(Map<String, String> people) {
    return People.read(
        "people:\n"
            + people.entrySet().stream()
                .map(entry -> "  " + entry.getKey() + ": {" + entry.getValue() + "}")
                .collect(Collectors.joining("\n")));
  }
}
