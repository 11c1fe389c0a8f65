package com.freelync.control.notification;

import com.freelync.control.automation.ActionRefused;
import com.freelync.control.database.Json;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The words of a message with places like {@code {{name}}}; there is nothing in them but places and
 * words.
 */
record MessageTemplate(String subject, String text) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z][a-z0-9_]*)\\}\\}");
  private static final Map<String, MessageTemplate> ALL = read();

  /** All names, in order. */
  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  static Optional<MessageTemplate> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** The places that have no value, in order. */
  List<String> missing(Map<String, ?> values) {
    TreeSet<String> missing = new TreeSet<>();
    Matcher matcher = PLACE.matcher(subject + "\n" + text);
    while (matcher.find()) {
      if (!values.containsKey(matcher.group(1))) {
        missing.add(matcher.group(1));
      }
    }
    return List.copyOf(missing);
  }

  /**
   * The message with every place filled; what fills one is not looked at again.
   *
   * @throws ActionRefused if a value is missing
   */
  MessageTemplate fill(Map<String, ?> values) {
    List<String> missing = missing(values);
    if (!missing.isEmpty()) {
      throw new ActionRefused(
          "missing_value", "the template needs values." + String.join(", values.", missing));
    }
    return new MessageTemplate(fill(subject, values), fill(text, values));
  }

  private static String fill(String words, Map<String, ?> values) {
    Matcher matcher = PLACE.matcher(words);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      Object value = Objects.requireNonNull(values.get(matcher.group(1)));
      matcher.appendReplacement(filled, Matcher.quoteReplacement(plain(value)));
    }
    return matcher.appendTail(filled).toString();
  }

  /** A value as people read it. */
  static String plain(Object value) {
    return switch (value) {
      case BigDecimal number -> number.toPlainString();
      case Map<?, ?> map -> Json.canonical(map);
      case List<?> list -> Json.canonical(list);
      default -> value.toString();
    };
  }

  private static Map<String, MessageTemplate> read() {
    try (InputStream file = MessageTemplate.class.getResourceAsStream("templates.json")) {
      byte[] json = Objects.requireNonNull(file, "templates.json").readAllBytes();
      Map<String, MessageTemplate> all = new TreeMap<>();
      Json.readObject(new String(json, StandardCharsets.UTF_8))
          .forEach(
              (name, words) -> {
                Map<?, ?> fields = (Map<?, ?>) words;
                all.put(
                    name,
                    new MessageTemplate(
                        String.valueOf(fields.get("subject")), String.valueOf(fields.get("text"))));
              });
      return all;
    } catch (IOException e) {
      throw new IllegalStateException("templates.json cannot be read", e);
    }
  }
}
