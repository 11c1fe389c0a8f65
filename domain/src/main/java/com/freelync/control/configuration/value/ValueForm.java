package com.freelync.control.configuration.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The forms of a value: bare, as the one field of an object, and canonical. */
public final class ValueForm {
  private ValueForm() {}

  /**
   * The bare value of what was written: what an object holds whose one field is the last part of
   * the key, and anything else as it is. Asked once of what somebody wrote, never of its answer.
   */
  public static @Nullable Object bare(String key, @Nullable Object written) {
    return written instanceof Map<?, ?> map && map.size() == 1 && map.containsKey(lastPart(key))
        ? map.get(lastPart(key))
        : written;
  }

  /** The value as an object whose one field is the last part of the key. */
  public static Map<String, Object> object(String key, Object bare) {
    return Map.of(lastPart(key), bare);
  }

  /**
   * The one form of all values that are equal: numbers without trailing zeros and never with an
   * exponent, fields sorted. It cannot be changed.
   *
   * @throws IllegalArgumentException for what {@link ValueRule#check} would refuse as a number
   */
  public static Object canonical(Object bare) {
    return switch (bare) {
      case Number number ->
          ExactNumber.of(number)
              .orElseThrow(() -> new IllegalArgumentException("not a number of bounded size"));
      case Map<?, ?> map -> canonicalObject(map);
      case List<?> list -> canonicalList(list);
      default -> bare;
    };
  }

  static SortedMap<String, Object> canonicalObject(Map<?, ?> map) {
    SortedMap<String, Object> fields = new TreeMap<>();
    map.forEach((name, value) -> fields.put(String.valueOf(name), canonicalOrNull(value)));
    return Collections.unmodifiableSortedMap(fields);
  }

  private static List<Object> canonicalList(List<?> list) {
    List<Object> items = new ArrayList<>(list.size());
    list.forEach(item -> items.add(canonicalOrNull(item)));
    return Collections.unmodifiableList(items);
  }

  // A JSON null inside a value is kept; the type of the containers is that of Jackson's.
  @SuppressWarnings("NullAway")
  private static Object canonicalOrNull(@Nullable Object value) {
    return value == null ? null : canonical(value);
  }

  /** What follows the last dot of a key, or all of it. */
  public static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
