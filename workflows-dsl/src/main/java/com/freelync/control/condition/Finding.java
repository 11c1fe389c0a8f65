package com.freelync.control.condition;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one comparison found.
 *
 * @param field the fact's path
 * @param operator the comparison
 * @param value what it was compared with
 * @param actual what the fact was; null if it is missing
 * @param truth whether the comparison holds
 * @param problem why it is undecided; null otherwise
 */
public record Finding(
    String field,
    Operator operator,
    @Nullable Object value,
    @Nullable Object actual,
    Truth truth,
    @Nullable String problem) {

  /** One sentence for people. */
  public String sentence() {
    String claim = field + " " + operator.word() + (value == null ? "" : " " + plain(value));
    return switch (truth) {
      case HOLDS -> claim + " holds: " + field + " is " + plain(actual);
      case FAILS -> claim + " does not hold: " + field + " is " + plain(actual);
      case UNDECIDED -> claim + " cannot be decided: " + problem;
    };
  }

  private static String plain(@Nullable Object value) {
    if (value == null) {
      return "missing";
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }
}
