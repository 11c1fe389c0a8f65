package com.freelync.control.identity;

import com.freelync.control.approval.Role;
import com.freelync.control.problem.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads people from a document and collects all errors. A message never repeats a value. */
final class PeopleReader {
  private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e]{1,200}");
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

  private final List<FieldError> errors = new ArrayList<>();
  private final List<ConfiguredPerson> people = new ArrayList<>();

  private PeopleReader() {}

  /**
   * The people of a document.
   *
   * @throws InvalidPeople naming everything that is wrong
   */
  static List<ConfiguredPerson> read(Map<String, Object> document) {
    PeopleReader reader = new PeopleReader();
    reader.known("", document, Set.of("people"));
    Map<?, ?> named = reader.object("/people", document.get("people"));
    if (named.isEmpty() && reader.errors.isEmpty()) {
      reader.error("/people", "missing", "name at least one person");
    }
    named.forEach((subject, fields) -> reader.person(String.valueOf(subject), fields));
    if (reader.errors.isEmpty()) {
      reader.errors.addAll(DelegationRules.inConfiguration(reader.people));
    }
    if (!reader.errors.isEmpty()) {
      throw new InvalidPeople(reader.errors);
    }
    return reader.people;
  }

  /** Where a person stands in the document, as a JSON Pointer. */
  static String pointer(String subject) {
    return "/people/" + subject.replace("~", "~0").replace("/", "~1");
  }

  private void person(String subject, @Nullable Object value) {
    String at = pointer(subject);
    if (!SUBJECT.matcher(subject).matches()) {
      error(at, "subject", "a subject is 1 to 200 visible ASCII characters, as tokens have it");
    }
    Map<?, ?> fields = object(at, value);
    known(at, fields, Set.of("name", "address", "roles", "delegates"));
    String name = text(at + "/name", fields.get("name"), 120);
    String address = null;
    if (fields.get("address") != null) {
      address = text(at + "/address", fields.get("address"), 254);
      if (!address.isEmpty() && !ADDRESS.matcher(address).matches()) {
        error(at + "/address", "address", "an address is like name@example.com");
      }
    }
    people.add(
        new ConfiguredPerson(
            subject,
            name,
            address,
            roles(at + "/roles", fields.get("roles")),
            delegates(at + "/delegates", fields.get("delegates"))));
  }

  private TreeSet<String> roles(String at, @Nullable Object value) {
    TreeSet<String> roles = new TreeSet<>();
    List<?> items = list(at, value);
    if (items.isEmpty()) {
      error(at, "missing", "a list of at least one role is needed");
    }
    for (int i = 0; i < items.size(); i++) {
      if (!(items.get(i) instanceof String role) || !Role.isValid(role)) {
        error(at + "/" + i, "role", "a role is a word in capitals, such as CFO");
      } else if (!roles.add(role)) {
        error(at + "/" + i, "repeated", "name a role once");
      }
    }
    return roles;
  }

  private List<Delegation> delegates(String at, @Nullable Object value) {
    List<Delegation> delegates = new ArrayList<>();
    List<?> items = value == null ? List.of() : list(at, value);
    for (int i = 0; i < items.size(); i++) {
      String item = at + "/" + i;
      Map<?, ?> fields = object(item, items.get(i));
      known(item, fields, Set.of("to", "valid_from", "valid_until"));
      delegates.add(
          new Delegation(
              text(item + "/to", fields.get("to"), 200),
              time(item + "/valid_from", fields.get("valid_from")),
              time(item + "/valid_until", fields.get("valid_until"))));
    }
    return delegates;
  }

  private void known(String at, Map<?, ?> fields, Set<String> names) {
    fields.keySet().stream()
        .filter(field -> !names.contains(String.valueOf(field)))
        .forEach(field -> error(at + "/" + field, "unknown", "known are " + new TreeSet<>(names)));
  }

  private Map<?, ?> object(String at, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    error(at, value == null ? "missing" : "type", "an object is needed");
    return Map.of();
  }

  private List<?> list(String at, @Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    if (value != null) {
      error(at, "type", "a list is needed");
    }
    return List.of();
  }

  private String text(String at, @Nullable Object value, int longest) {
    if (value instanceof String text
        && !text.isBlank()
        && text.length() <= longest
        && text.codePoints().noneMatch(Character::isISOControl)) {
      return text;
    }
    error(
        at,
        value == null ? "missing" : "text",
        "a text of 1 to " + longest + " characters on one line is needed");
    return "";
  }

  private @Nullable Instant time(String at, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    Instant time = value instanceof String text ? DelegationRules.time(text) : null;
    if (time == null) {
      error(at, "time", "an RFC 3339 time is needed, such as 2026-02-01T00:00:00Z");
    }
    return time;
  }

  private void error(String at, String code, String message) {
    errors.add(new FieldError(at, code, message));
  }
}
