package com.freelync.control.condition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known, found by dotted paths. */
@FunctionalInterface
public interface Facts {
  /** The value at a path; empty if there is none or it is null. */
  Optional<Object> find(String path);

  /** Facts held in nested maps; a list's elements are reached by their number. */
  static Facts of(Map<String, ?> tree) {
    return path -> {
      Object current = tree;
      for (String part : path.split("\\.", -1)) {
        current = child(current, part);
        if (current == null) {
          return Optional.empty();
        }
      }
      return Optional.of(current);
    };
  }

  private static @Nullable Object child(Object parent, String name) {
    if (parent instanceof Map<?, ?> map) {
      return map.get(name);
    }
    if (parent instanceof List<?> list && name.matches("\\d{1,6}")) {
      int index = Integer.parseInt(name);
      return index < list.size() ? list.get(index) : null;
    }
    return null;
  }
}
