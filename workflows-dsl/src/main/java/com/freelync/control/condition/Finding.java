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
 * @param afterNot what the outermost {@code not} around it came to, once it had turned the answer
 *     of its group around; null where there is no {@code not}
 */
public record Finding(
    String field,
    Operator operator,
    @Nullable Object value,
    @Nullable Object actual,
    Truth truth,
    @Nullable String problem,
    @Nullable Truth afterNot) {

  /** The same comparison within a {@code not} that came to this. */
  Finding within(Truth not) {
    return new Finding(field, operator, value, actual, truth, problem, not);
  }

  /** One sentence for people. */
  public String sentence() {
    String claim = field + " " + operator.word() + (value == null ? "" : " " + plain(value));
    String found =
        switch (truth) {
          case HOLDS -> claim + " holds: " + field + " is " + plain(actual);
          case FAILS -> claim + " does not hold: " + field + " is " + plain(actual);
          case UNDECIDED -> claim + " cannot be decided: " + problem;
        };
    return afterNot == null ? found : found + negated(afterNot);
  }

  private static String negated(Truth not) {
    return switch (not) {
      case HOLDS -> ", so the not around it holds";
      case FAILS -> ", so the not around it does not hold";
      case UNDECIDED -> ", so the not around it cannot be decided either";
    };
  }

  private static String plain(@Nullable Object value) {
    if (value == null) {
      return "missing";
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }
}
