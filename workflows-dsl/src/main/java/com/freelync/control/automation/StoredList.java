package com.freelync.control.automation;

import java.util.Map;
import java.util.Optional;

/**
 * A long list that a step gave, named instead of written out: it lies in the database, and a
 * durable run carries no more of it than this.
 *
 * @param path the step that gave it
 * @param item the item of the loop in which that step stands; empty outside of loops
 * @param field the field of its result
 * @param count how many entries it has
 */
public record StoredList(String path, String item, String field, int count) {
  private static final String WORD = "stored_list";

  /** As it stands in a result. */
  public Map<String, Object> asValue() {
    return Map.of(WORD, Map.of("path", path, "item", item, "field", field, "count", count));
  }

  /** The list that a value names; empty if it names none. */
  public static Optional<StoredList> of(Object value) {
    return value instanceof Map<?, ?> map
            && map.size() == 1
            && map.get(WORD) instanceof Map<?, ?> named
            && named.get("path") instanceof String path
            && named.get("item") instanceof String item
            && named.get("field") instanceof String field
            && named.get("count") instanceof Number count
        ? Optional.of(new StoredList(path, item, field, count.intValue()))
        : Optional.empty();
  }
}
