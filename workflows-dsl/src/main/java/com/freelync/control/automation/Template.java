package com.freelync.control.automation;

import com.freelync.control.condition.Facts;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Values with references. A text that is one reference becomes the value itself, of its own type; a
 * reference within a text becomes its plain text.
 */
public final class Template {
  /** A few references to a long value would make a text that no history can carry. */
  private static final int LONGEST = 65_536;

  /** By RE2/J: java.util.regex recurses for each part of a path, and people write these. */
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([a-z][a-z0-9_]*(?:\\.[A-Za-z0-9_]+)*)\\}");

  private Template() {}

  /**
   * The values with every reference replaced.
   *
   * @throws MissingReference if one leads nowhere
   * @throws TooLong if they make more than a history should carry
   */
  public static Map<String, Object> resolve(Map<String, Object> values, Facts scope) {
    Map<String, Object> resolved = new LinkedHashMap<>();
    for (String key : new TreeSet<>(values.keySet())) {
      Object value = values.get(key);
      if (value != null) {
        resolved.put(key, resolve(value, scope));
      }
    }
    if (length(resolved) > 4L * LONGEST) {
      throw new TooLong();
    }
    return resolved;
  }

  private static long length(@Nullable Object value) {
    return switch (value) {
      case String text -> text.length();
      case List<?> list -> list.stream().mapToLong(Template::length).sum();
      case Map<?, ?> map -> map.values().stream().mapToLong(Template::length).sum();
      case null -> 0;
      default -> 1;
    };
  }

  /**
   * A value with every reference replaced.
   *
   * @throws MissingReference if one leads nowhere
   */
  public static Object resolve(Object value, Facts scope) {
    return switch (value) {
      case String text -> text(text, scope);
      case List<?> list -> list.stream().map(item -> resolve(item, scope)).toList();
      case Map<?, ?> map -> {
        Map<String, Object> resolved = new LinkedHashMap<>();
        map.forEach((key, item) -> resolved.put((String) key, resolve(item, scope)));
        yield resolved;
      }
      default -> value;
    };
  }

  private static Object text(String text, Facts scope) {
    Matcher matcher = REFERENCE.matcher(text);
    if (matcher.matches()) {
      return lookUp(matcher.group(1), scope);
    }
    StringBuilder result = new StringBuilder();
    matcher.reset();
    while (matcher.find()) {
      Object found = lookUp(matcher.group(1), scope);
      String plain = found instanceof BigDecimal n ? n.toPlainString() : found.toString();
      matcher.appendReplacement(result, Matcher.quoteReplacement(plain));
      if (result.length() > LONGEST) {
        throw new TooLong();
      }
    }
    return matcher.appendTail(result).toString();
  }

  private static Object lookUp(String path, Facts scope) {
    return scope.find(path).orElseThrow(() -> new MissingReference(path));
  }

  /** The paths that a value refers to, in order. */
  public static List<String> references(Object value) {
    List<String> paths = new ArrayList<>();
    switch (value) {
      case String text -> {
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
          paths.add(matcher.group(1));
        }
      }
      case List<?> list -> list.forEach(item -> paths.addAll(references(item)));
      case Map<?, ?> map -> map.values().forEach(item -> paths.addAll(references(item)));
      default -> {}
    }
    return paths;
  }

  /** Whether a text is one reference and nothing else. */
  public static boolean isReference(String text) {
    return REFERENCE.matcher(text).matches();
  }

  /** Whether every {@code ${} in the text begins a well-formed reference. */
  public static boolean isWellFormed(String text) {
    return !REFERENCE.matcher(text).replaceAll("").contains("${");
  }

  /** What references were replaced with is longer than any text may be. */
  public static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("a text with its references replaced has at most " + LONGEST + " characters");
    }
  }

  /** A reference leads nowhere. */
  public static final class MissingReference extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingReference(String path) {
      super("${" + path + "} is missing");
    }
  }
}
