package com.freelync.control.configuration.value;

import com.freelync.control.problem.FieldError;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a setting, such as {@code commission.tier1.rate}; never mistaken for an id.
 *
 * @param text as it is written
 */
public record SettingKey(String text) {
  private static final int LONGEST = 120;
  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9_]*([.-][a-z0-9_]+)*");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  public SettingKey {
    if (!isKey(text)) {
      throw new IllegalArgumentException("not the key of a setting");
    }
  }

  /** The key of this text; empty where it is none. */
  public static Optional<SettingKey> of(String text) {
    return isKey(text) ? Optional.of(new SettingKey(text)) : Optional.empty();
  }

  /** What is wrong with a text that is no key, and how to mend it. */
  public static FieldError malformed(String at) {
    return new FieldError(
        at,
        "key",
        "a key of at most "
            + LONGEST
            + " characters is needed, of small letters, digits and _ in parts joined by . or -,"
            + " beginning with a letter and not a UUID, such as commission.tier1.rate");
  }

  /** What follows the last dot, or all of it. */
  public String lastPart() {
    return ValueForm.lastPart(text);
  }

  private static boolean isKey(String text) {
    return text.length() <= LONGEST
        && SHAPE.matcher(text).matches()
        && !UUID.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
