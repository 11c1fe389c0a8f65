package com.freelync.control.configuration.value;

import com.freelync.control.problem.FieldError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The references within a schema. Each must lead to a schema of the same document, and none back to
 * itself without going into a part of the value, for that would never end.
 */
final class SchemaReferences {
  private record Reference(String owner, String text) {}

  private final Set<String> schemas = new HashSet<>();
  private final Map<String, String> anchors = new HashMap<>();
  private final Map<String, Reference> references = new LinkedHashMap<>();
  private final Map<String, List<String>> usedBy = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();
  private final List<FieldError> wrong = new ArrayList<>();

  void schema(String place) {
    schemas.add(place);
  }

  void reference(String owner, String place, @Nullable Object value) {
    if (value instanceof String text) {
      references.put(place, new Reference(owner, text));
    }
  }

  void anchor(String owner, String place, @Nullable Object value) {
    if (value instanceof String name && anchors.putIfAbsent(name, owner) != null) {
      wrong.add(new FieldError(place, "reference", "another schema has this anchor"));
    }
  }

  /** One schema holds another against the same part of the value. */
  void inPlace(String owner, String other) {
    usedBy.computeIfAbsent(other, key -> new ArrayList<>()).add(owner);
    uses.merge(owner, 1, Integer::sum);
  }

  /** Everything that is wrong, once all has been told. */
  List<FieldError> errors(String at) {
    references.forEach(
        (place, reference) -> {
          String target = target(reference.text());
          if (target == null) {
            wrong.add(new FieldError(place, "reference", refusal(reference.text())));
          } else {
            inPlace(reference.owner(), target);
          }
        });
    Set<String> ending = ending();
    references.forEach(
        (place, reference) -> {
          if (!ending.contains(reference.owner())) {
            wrong.add(new FieldError(place, "endless", "this leads back to itself without end"));
          }
        });
    return wrong.stream()
        .map(error -> new FieldError(at + error.field(), error.code(), error.message()))
        .toList();
  }

  private @Nullable String target(String text) {
    if (text.isEmpty() || text.charAt(0) != '#') {
      return null;
    }
    String fragment = text.substring(1);
    String place =
        fragment.isEmpty() || fragment.charAt(0) == '/' ? fragment : anchors.get(fragment);
    return place != null && schemas.contains(place) ? place : null;
  }

  private static String refusal(String text) {
    return text.startsWith("#")
        ? "there is no schema at this place of the document"
        : "nothing is fetched from elsewhere: put it in $defs and refer to #/$defs/...";
  }

  /** The schemas that come to an end: all that they use in place do. */
  private Set<String> ending() {
    Map<String, Integer> open = new HashMap<>(uses);
    Deque<String> next = new ArrayDeque<>();
    schemas.stream().filter(place -> !open.containsKey(place)).forEach(next::add);
    Set<String> ending = new HashSet<>();
    while (!next.isEmpty()) {
      String place = next.remove();
      ending.add(place);
      for (String user : usedBy.getOrDefault(place, List.of())) {
        if (open.merge(user, -1, Integer::sum) == 0) {
          next.add(user);
        }
      }
    }
    return ending;
  }
}
