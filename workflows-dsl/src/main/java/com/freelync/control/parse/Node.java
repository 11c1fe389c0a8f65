package com.freelync.control.parse;

import com.freelync.control.automation.Until;
import com.freelync.control.condition.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A value of the document with the place where it stands. Reading it wrongly notes an error. */
record Node(@Nullable Object value, String path, Errors errors) {
  private static final int LONGEST_TEXT = 2_000;

  Node child(String name) {
    Object item = value instanceof Map<?, ?> map ? map.get(name) : null;
    return new Node(item, Pointer.to(path, name), errors);
  }

  boolean isPresent() {
    return value != null;
  }

  boolean isObject() {
    return value instanceof Map;
  }

  /** Whether it is an object; notes unknown fields. */
  boolean object(Set<String> allowed) {
    if (!(value instanceof Map<?, ?> map)) {
      wrong("type", "an object is needed here");
      return false;
    }
    for (Object key : map.keySet()) {
      String name = String.valueOf(key);
      if (!allowed.contains(name)) {
        child(name).wrong("unknown_field", Nearest.hint(name, new TreeSet<>(allowed)));
      }
    }
    return true;
  }

  Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    if (value instanceof Map<?, ?> map) {
      map.keySet().forEach(key -> keys.add(String.valueOf(key)));
    }
    return keys;
  }

  List<Node> list(int most) {
    if (!(value instanceof List<?> list)) {
      wrong("type", "a list is needed here");
      return List.of();
    }
    if (list.size() > most) {
      wrong("too_many", "at most " + most + " entries are allowed here");
      return List.of();
    }
    List<Node> nodes = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      nodes.add(new Node(list.get(i), path + "/" + i, errors));
    }
    return nodes;
  }

  Optional<String> text() {
    if (value == null) {
      wrong("missing", "this field is needed");
      return Optional.empty();
    }
    if (!(value instanceof String text)) {
      wrong("type", "a text is needed here, not " + Values.kind(value));
      return Optional.empty();
    }
    if (text.isBlank() || text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0) {
      wrong("text", "a text of 1 to " + LONGEST_TEXT + " characters without NUL is needed");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  Optional<Integer> integer(int least, int most) {
    if (value != null
        && Values.normalize(value) instanceof BigDecimal number
        && number.compareTo(BigDecimal.valueOf(least)) >= 0
        && number.compareTo(BigDecimal.valueOf(most)) <= 0
        && number.stripTrailingZeros().scale() <= 0) {
      return Optional.of(number.intValueExact());
    }
    wrong("number", "a whole number from " + least + " to " + most + " is needed here");
    return Optional.empty();
  }

  Optional<Duration> duration() {
    return text().flatMap(this::duration);
  }

  /** A duration written as {@code PT4H}, {@code P30D} or {@code P1W}. */
  Optional<Duration> duration(String text) {
    Optional<Duration> duration = Until.duration(text);
    if (duration.isEmpty()) {
      wrong("duration", "a duration such as PT15M, PT72H or P30D is needed here");
    }
    return duration;
  }

  /** One of the words of an enum, written in lower case; the standard one where it is left out. */
  <E extends Enum<E>> E word(Class<E> words, E standard) {
    if (!isPresent()) {
      return standard;
    }
    String written = text().orElse("");
    List<String> known =
        Arrays.stream(words.getEnumConstants())
            .map(word -> word.name().toLowerCase(Locale.ROOT))
            .toList();
    if (written.isEmpty() || known.contains(written)) {
      return written.isEmpty() ? standard : Enum.valueOf(words, written.toUpperCase(Locale.ROOT));
    }
    wrong("value", Nearest.hint(written, known));
    return standard;
  }

  void wrong(String code, String message) {
    errors.add(path, code, message);
  }
}
