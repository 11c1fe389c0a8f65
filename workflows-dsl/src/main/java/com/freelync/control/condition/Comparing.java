package com.freelync.control.condition;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One comparison of one fact with one value. Numbers compare by value, whatever their scale. */
final class Comparing {
  private Comparing() {}

  static Finding find(Condition.Comparison comparison, Optional<Object> fact) {
    Object actual = fact.map(Values::normalize).orElse(null);
    try {
      boolean holds = holds(comparison.operator(), actual, comparison.value(), comparison.field());
      return finding(comparison, actual, Truth.of(holds), null);
    } catch (Undecidable e) {
      return finding(comparison, actual, Truth.UNDECIDED, e.getMessage());
    }
  }

  private static boolean holds(
      Operator operator, @Nullable Object actual, @Nullable Object value, String field)
      throws Undecidable {
    if (operator == Operator.EXISTS) {
      return (actual != null) == !Boolean.FALSE.equals(value);
    }
    if (actual == null) {
      throw new Undecidable(field + " is missing");
    }
    if (value == null) {
      throw new Undecidable("there is no value to compare " + field + " with");
    }
    return switch (operator) {
      case EXISTS -> true;
      case EQ -> same(actual, value);
      case NE -> !same(actual, value);
      case LT -> order(actual, value) < 0;
      case LTE -> order(actual, value) <= 0;
      case GT -> order(actual, value) > 0;
      case GTE -> order(actual, value) >= 0;
      case BETWEEN -> {
        List<?> bounds = list(value);
        yield order(actual, bounds.get(0)) >= 0 && order(actual, bounds.get(1)) <= 0;
      }
      case IN -> among(actual, list(value));
      case NOT_IN -> !among(actual, list(value));
      case CONTAINS ->
          actual instanceof List<?> items
              ? among(value, items)
              : text(actual).contains(text(value));
      case STARTS_WITH -> text(actual).startsWith(text(value));
      case ENDS_WITH -> text(actual).endsWith(text(value));
      case MATCHES -> Pattern.matches(text(value), text(actual));
    };
  }

  private static boolean among(Object sought, List<?> items) throws Undecidable {
    boolean found = false;
    for (Object item : items) {
      // A null among them is none of what is sought.
      found |= item != null && same(sought, Values.normalize(item));
    }
    return found;
  }

  private static boolean same(Object left, Object right) throws Undecidable {
    if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
      return a.compareTo(b) == 0;
    }
    if (left.getClass() == right.getClass() || (left instanceof List && right instanceof List)) {
      return left.equals(right);
    }
    throw mismatch(left, right);
  }

  private static int order(Object left, Object right) throws Undecidable {
    if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
      return a.compareTo(b);
    }
    if (left instanceof String a && right instanceof String b) {
      Optional<Instant> from = Values.instant(a);
      Optional<Instant> to = Values.instant(b);
      if (from.isPresent() && to.isPresent()) {
        return from.get().compareTo(to.get());
      }
    }
    throw mismatch(left, right);
  }

  private static List<?> list(Object value) throws Undecidable {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new Undecidable("a list is needed, not " + Values.kind(value));
  }

  private static String text(Object value) throws Undecidable {
    if (value instanceof String text) {
      return text;
    }
    throw new Undecidable("a text is needed, not " + Values.kind(value));
  }

  private static Undecidable mismatch(Object left, Object right) {
    return new Undecidable(Values.kind(left) + " cannot be compared with " + Values.kind(right));
  }

  private static Finding finding(
      Condition.Comparison comparison,
      @Nullable Object actual,
      Truth truth,
      @Nullable String problem) {
    return new Finding(
        comparison.field(),
        comparison.operator(),
        comparison.value(),
        actual,
        truth,
        problem,
        null);
  }

  /** The comparison has no answer. */
  private static final class Undecidable extends Exception {
    private static final long serialVersionUID = 1L;

    Undecidable(String message) {
      super(message, null, false, false);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
