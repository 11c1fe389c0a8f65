package com.freelync.control.parse;

import static com.freelync.control.condition.Operator.BETWEEN;
import static com.freelync.control.condition.Operator.CONTAINS;
import static com.freelync.control.condition.Operator.ENDS_WITH;
import static com.freelync.control.condition.Operator.EQ;
import static com.freelync.control.condition.Operator.EXISTS;
import static com.freelync.control.condition.Operator.GT;
import static com.freelync.control.condition.Operator.GTE;
import static com.freelync.control.condition.Operator.IN;
import static com.freelync.control.condition.Operator.LT;
import static com.freelync.control.condition.Operator.LTE;
import static com.freelync.control.condition.Operator.MATCHES;
import static com.freelync.control.condition.Operator.NE;
import static com.freelync.control.condition.Operator.NOT_IN;
import static com.freelync.control.condition.Operator.STARTS_WITH;

import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.condition.Operator;
import com.freelync.control.condition.Values;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which operators compare what, and which one somebody probably meant. */
final class Operators {
  private static final Map<String, Operator> SPOKEN =
      Map.ofEntries(
          Map.entry("=", EQ),
          Map.entry("==", EQ),
          Map.entry("equals", EQ),
          Map.entry("is", EQ),
          Map.entry("!=", NE),
          Map.entry("<>", NE),
          Map.entry("not", NE),
          Map.entry("<", LT),
          Map.entry("less_than", LT),
          Map.entry("<=", LTE),
          Map.entry("le", LTE),
          Map.entry(">", GT),
          Map.entry("greater_than", GT),
          Map.entry(">=", GTE),
          Map.entry("ge", GTE),
          Map.entry("regex", MATCHES));

  private Operators() {}

  /** Those that a fact of a type can be compared with. */
  static List<Operator> of(FactType type) {
    return switch (type) {
      case NUMBER, TIME -> List.of(EQ, NE, LT, LTE, GT, GTE, BETWEEN, IN, NOT_IN, EXISTS);
      case TEXT -> List.of(EQ, NE, IN, NOT_IN, CONTAINS, STARTS_WITH, ENDS_WITH, MATCHES, EXISTS);
      case LIST -> List.of(CONTAINS, EXISTS);
      case BOOLEAN, ANY -> List.of(EQ, NE, IN, NOT_IN, EXISTS);
    };
  }

  /** Those that take a value. */
  private static List<Operator> of(@Nullable Object value) {
    return switch (value) {
      case null -> List.of(EXISTS);
      case Number number -> List.of(EQ, NE, LT, LTE, GT, GTE, CONTAINS);
      case Boolean truth -> List.of(EQ, NE, EXISTS);
      case List<?> list -> List.of(IN, NOT_IN, BETWEEN);
      case String text ->
          Values.instant(text).isPresent()
              ? List.of(EQ, NE, LT, LTE, GT, GTE)
              : List.of(EQ, NE, CONTAINS, STARTS_WITH, ENDS_WITH, MATCHES);
      default -> List.of();
    };
  }

  /** What to write instead of a word that is no operator, for a value of this kind. */
  static String advice(String written, @Nullable Object value) {
    List<Operator> fitting = of(value);
    Operator spoken = SPOKEN.get(written);
    String meant =
        spoken != null && fitting.contains(spoken)
            ? "did you mean " + spoken.word() + "? "
            : Nearest.find(written, fitting.stream().map(Operator::word).toList())
                .map(word -> "did you mean " + word + "? ")
                .orElse("");
    return fitting.isEmpty()
        ? "known are " + String.join(", ", Operator.words())
        : meant
            + (value == null ? "without a value" : "with " + Values.kind(value) + " as value")
            + " the operators are "
            + words(fitting);
  }

  static String words(List<Operator> operators) {
    return operators.stream().map(Operator::word).collect(Collectors.joining(", "));
  }
}
