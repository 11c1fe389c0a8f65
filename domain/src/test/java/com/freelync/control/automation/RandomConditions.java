package com.freelync.control.automation;

import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.condition.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Conditions as people write them, on what is known. */
final class RandomConditions {
  private static final List<Operator> SCALAR =
      List.of(Operator.EQ, Operator.NE, Operator.IN, Operator.NOT_IN, Operator.EXISTS);
  private static final List<Operator> ORDERED =
      List.of(
          Operator.EQ,
          Operator.NE,
          Operator.LT,
          Operator.LTE,
          Operator.GT,
          Operator.GTE,
          Operator.BETWEEN,
          Operator.IN,
          Operator.NOT_IN,
          Operator.EXISTS);
  private static final List<Operator> TEXTUAL =
      List.of(
          Operator.EQ,
          Operator.NE,
          Operator.CONTAINS,
          Operator.STARTS_WITH,
          Operator.ENDS_WITH,
          Operator.MATCHES,
          Operator.NOT_IN,
          Operator.EXISTS);

  private final Random random;

  RandomConditions(Random random) {
    this.random = random;
  }

  /** One on these, nested so deep at most. */
  Map<String, Object> next(List<Seen.Reference> on, int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(6)) {
      case 1 -> Map.of("all", some(on, depth - 1));
      case 2 -> Map.of("any", some(on, depth - 1));
      case 3 -> Map.of("not", next(on, depth - 1));
      default -> comparison(on.get(random.nextInt(on.size())));
    };
  }

  /** One to three of them. */
  List<Object> some(List<Seen.Reference> on, int depth) {
    List<Object> parts = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      parts.add(next(on, depth));
    }
    return parts;
  }

  private Map<String, Object> comparison(Seen.Reference on) {
    List<Operator> operators =
        switch (on.type()) {
          case NUMBER, TIME -> ORDERED;
          case TEXT -> TEXTUAL;
          case BOOLEAN, ANY -> SCALAR;
          case LIST -> List.of(Operator.CONTAINS, Operator.EXISTS);
        };
    Operator operator = operators.get(random.nextInt(operators.size()));
    Map<String, Object> comparison = new LinkedHashMap<>();
    comparison.put("field", on.path());
    comparison.put("operator", operator.word());
    switch (operator) {
      case EXISTS -> {
        if (random.nextBoolean()) {
          comparison.put("value", random.nextBoolean());
        }
      }
      case BETWEEN -> comparison.put("value", List.of(low(on.type()), high(on.type())));
      case IN, NOT_IN -> comparison.put("value", List.of(low(on.type()), high(on.type())));
      default -> comparison.put("value", random.nextBoolean() ? low(on.type()) : high(on.type()));
    }
    return comparison;
  }

  private Object low(FactType type) {
    return switch (type) {
      case NUMBER -> random.nextInt(100);
      case TIME -> "2026-01-01";
      case BOOLEAN -> false;
      case TEXT, LIST, ANY -> "a";
    };
  }

  private Object high(FactType type) {
    return switch (type) {
      case NUMBER -> new BigDecimal("5000.50").add(BigDecimal.valueOf(random.nextInt(100)));
      case TIME -> "2099-12-31T23:59:59+03:00";
      case BOOLEAN -> true;
      case TEXT, LIST, ANY -> "zz";
    };
  }
}
