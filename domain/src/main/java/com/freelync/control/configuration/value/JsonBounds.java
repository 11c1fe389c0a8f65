package com.freelync.control.configuration.value;

import com.freelync.control.problem.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How large JSON may be, so that nothing that is done with it takes long. Finds the first excess.
 */
final class JsonBounds {
  static final int LARGEST = 64 * 1024;

  private final int deepest;
  private int size;

  private JsonBounds(int deepest) {
    this.deepest = deepest;
  }

  /**
   * What is too large, too deep or no text that a database keeps.
   *
   * @throws IllegalArgumentException for what no JSON is read as, such as floating point
   */
  static Optional<FieldError> excess(@Nullable Object value, String at, int deepest) {
    return new JsonBounds(deepest).of(value, at, 0);
  }

  private Optional<FieldError> of(@Nullable Object value, String at, int depth) {
    if (depth > deepest) {
      return error(at, "too_deep", "nested deeper than " + deepest + " levels");
    }
    return switch (value) {
      case Map<?, ?> map -> object(map, at, depth);
      case List<?> list -> list(list, at, depth);
      case String text -> text(text, at);
      case Number number -> number(number, at);
      case Boolean truth -> grown(5, at);
      case null -> grown(4, at);
      default ->
          throw new IllegalArgumentException("not read from JSON: " + value.getClass().getName());
    };
  }

  private Optional<FieldError> object(Map<?, ?> map, String at, int depth) {
    Optional<FieldError> error = grown(2, at);
    for (Map.Entry<?, ?> field : map.entrySet()) {
      if (error.isPresent()) {
        return error;
      }
      String name = String.valueOf(field.getKey());
      error = text(name, at).or(() -> of(field.getValue(), Pointer.to(at, name), depth + 1));
    }
    return error;
  }

  private Optional<FieldError> list(List<?> list, String at, int depth) {
    Optional<FieldError> error = grown(2, at);
    for (int i = 0; i < list.size() && error.isEmpty(); i++) {
      error = of(list.get(i), at + "/" + i, depth + 1);
    }
    return error;
  }

  private Optional<FieldError> number(Number number, String at) {
    return ExactNumber.of(number)
        .map(exact -> grown(exact.toPlainString().length(), at))
        .orElseGet(
            () ->
                error(
                    at,
                    "digits",
                    "a number has at most "
                        + ExactNumber.MOST_DIGITS
                        + " digits, at most "
                        + ExactNumber.MOST_AFTER_POINT
                        + " of them after the point"));
  }

  private Optional<FieldError> text(String text, String at) {
    Optional<FieldError> error = grown(text.length() + 3, at);
    if (error.isEmpty() && !isKept(text)) {
      return error(at, "text", "NUL and halves of characters are not allowed");
    }
    return error;
  }

  /** Whether {@code jsonb} takes it: without NUL, and without halves of surrogate pairs. */
  private static boolean isKept(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || (c >= 0xd800 && c <= 0xdfff));
  }

  private Optional<FieldError> grown(int by, String at) {
    size += by + 1;
    return size > LARGEST
        ? error(at, "too_large", "at most " + LARGEST + " characters of JSON are allowed")
        : Optional.empty();
  }

  private static Optional<FieldError> error(String at, String code, String message) {
    return Optional.of(new FieldError(at, code, message));
  }
}
