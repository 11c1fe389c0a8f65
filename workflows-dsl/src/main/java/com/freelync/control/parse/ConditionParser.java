package com.freelync.control.parse;

import com.freelync.control.condition.Condition;
import com.freelync.control.condition.Condition.Comparison;
import com.freelync.control.condition.Operator;
import com.freelync.control.condition.Values;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code {field, operator, value}}, {@code all}, {@code any}, {@code not}, and lists. */
final class ConditionParser {
  private static final int DEEPEST = 16;
  private static final int MOST_PARTS = 200;
  private static final java.util.regex.Pattern FIELD =
      java.util.regex.Pattern.compile("[a-z][a-z0-9_]*(\\.[A-Za-z0-9_]+){0,9}");

  private ConditionParser() {}

  /** A list is the same as {@code all}. */
  static Condition parse(Node node) {
    return node.value() instanceof List ? new Condition.All(parts(node, 1)) : parse(node, 1);
  }

  private static Condition parse(Node node, int depth) {
    if (depth > DEEPEST) {
      node.wrong("too_deep", "conditions may be nested " + DEEPEST + " deep at most");
      return Condition.always();
    }
    Set<String> keys = node.keys();
    if (keys.equals(Set.of("all"))) {
      return new Condition.All(parts(node.child("all"), depth + 1));
    }
    if (keys.equals(Set.of("any"))) {
      List<Condition> parts = parts(node.child("any"), depth + 1);
      if (parts.isEmpty()) {
        node.child("any").wrong("empty", "any needs at least one condition: it could never hold");
      }
      return new Condition.Any(parts);
    }
    if (keys.equals(Set.of("not"))) {
      return new Condition.Not(parse(node.child("not"), depth + 1));
    }
    return comparison(node);
  }

  private static List<Condition> parts(Node node, int depth) {
    List<Condition> parts = new ArrayList<>();
    for (Node part : node.list(MOST_PARTS)) {
      parts.add(parse(part, depth));
    }
    return parts;
  }

  private static Condition comparison(Node node) {
    if (!node.object(Set.of("field", "operator", "value"))) {
      return Condition.always();
    }
    String field = node.child("field").text().orElse("");
    if (!field.isEmpty() && !FIELD.matcher(field).matches()) {
      node.child("field").wrong("field", "a dotted path such as seller.trust_score is needed");
    }
    Node word = node.child("operator");
    Node value = node.child("value");
    Optional<String> written = word.text();
    Optional<Operator> operator = written.flatMap(Operator::ofWord);
    if (operator.isEmpty()) {
      // Whether the value fits, nobody can say without the operator.
      written.ifPresent(
          text -> word.wrong("unknown_operator", Operators.advice(text, value.value())));
      return Condition.always();
    }
    return new Comparison(field, operator.get(), value(operator.get(), value));
  }

  private static @Nullable Object value(Operator operator, Node node) {
    Object value = normalized(node);
    switch (operator) {
      case EXISTS -> {
        if (value != null && !(value instanceof Boolean)) {
          node.wrong("type", "exists takes true, false or nothing");
        }
      }
      case EQ, NE -> need(node, value != null && isScalar(value), "a text, number or true/false");
      case LT, LTE, GT, GTE ->
          need(node, value != null && isOrdered(value), "a number or an RFC 3339 time");
      case BETWEEN ->
          need(
              node,
              value instanceof List<?> bounds
                  && bounds.size() == 2
                  && isOrdered(bounds.get(0))
                  && isOrdered(bounds.get(1)),
              "a list of two numbers or two times, the lower one first");
      case IN, NOT_IN ->
          need(
              node,
              value instanceof List<?> items
                  && !items.isEmpty()
                  && items.stream().allMatch(ConditionParser::isScalar),
              "a list of texts, numbers or true/false with at least one entry");
      case CONTAINS -> need(node, value != null && isScalar(value), "a text, number or true/false");
      case STARTS_WITH, ENDS_WITH -> need(node, value instanceof String, "a text");
      case MATCHES -> pattern(node, value);
    }
    return value;
  }

  private static @Nullable Object normalized(Node node) {
    Object value = node.value();
    if (value == null) {
      return null;
    }
    if (value instanceof List<?>) {
      List<Object> items = new ArrayList<>();
      for (Node item : node.list(1_000)) {
        if (item.value() != null) {
          items.add(Values.normalize(item.value()));
        } else {
          item.wrong("type", "null cannot be compared; use exists");
        }
      }
      return items;
    }
    if (value instanceof String text) {
      return text.isEmpty() ? "" : node.text().orElse("");
    }
    return Values.normalize(value);
  }

  private static void pattern(Node node, @Nullable Object value) {
    need(node, value instanceof String, "a pattern in RE2 syntax");
    if (value instanceof String text) {
      if (!PatternSize.isBearable(text)) {
        node.wrong("pattern", "the repetitions of this pattern multiply to too large a program");
        return;
      }
      try {
        Pattern.compile(text);
      } catch (PatternSyntaxException e) {
        node.wrong("pattern", "not a pattern in RE2 syntax: " + e.getDescription());
      }
    }
  }

  private static void need(Node node, boolean fits, String what) {
    if (!fits) {
      node.wrong("value", what + " is needed here");
    }
  }

  private static boolean isScalar(Object value) {
    return value instanceof String || value instanceof BigDecimal || value instanceof Boolean;
  }

  private static boolean isOrdered(Object value) {
    return value instanceof BigDecimal
        || (value instanceof String text && Values.instant(text).isPresent());
  }
}
