package com.freelync.control.condition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold. */
public sealed interface Condition {
  /**
   * One fact compared with one value.
   *
   * @param field a dotted path, such as {@code seller.trust_score}
   * @param operator how they are compared
   * @param value a text, {@link java.math.BigDecimal}, Boolean, or a list of these
   */
  record Comparison(String field, Operator operator, @Nullable Object value) implements Condition {
    public Comparison {
      value = value instanceof List<?> list ? List.copyOf(list) : value;
    }
  }

  /** Every part holds; an empty one holds. */
  record All(List<Condition> parts) implements Condition {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** At least one part holds. */
  record Any(List<Condition> parts) implements Condition {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** The part does not hold. */
  record Not(Condition part) implements Condition {}

  /** The condition that always holds. */
  static Condition always() {
    return new All(List.of());
  }
}
