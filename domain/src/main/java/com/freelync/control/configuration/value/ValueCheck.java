package com.freelync.control.configuration.value;

import com.freelync.control.condition.Values;
import com.freelync.control.database.Json;
import com.freelync.control.problem.FieldError;
import com.freelync.control.text.Excerpt;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds values against their rule; all of them together take bounded work. */
final class ValueCheck {
  private static final int DEEPEST = 32;
  private static final int MOST_LISTED = 20;
  private static final int LONGEST_LISTED = 100;
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]{1,50}([.][0-9]{1,50})?([eE][+-]?[0-9]{1,10})?");

  private final ValueRule rule;
  private final Budget budget = new Budget();
  private final @Nullable BoundedPattern pattern;
  private final @Nullable SchemaEvaluation schema;
  private List<FieldError> errors = new ArrayList<>();
  private String at = "";

  ValueCheck(ValueRule rule) {
    this.rule = rule;
    this.pattern = rule.pattern() == null ? null : BoundedPattern.of(rule.pattern());
    this.schema =
        rule.jsonSchema() == null
            ? null
            : new SchemaEvaluation(rule.jsonSchema(), rule.encrypted(), budget);
  }

  List<FieldError> errors(@Nullable Object value, String place) {
    errors = new ArrayList<>();
    at = place;
    if (value == null) {
      wrong("missing", "a value is needed");
      return errors;
    }
    JsonBounds.excess(value, at, DEEPEST)
        .ifPresent(
            excess ->
                errors.add(
                    rule.encrypted()
                        ? new FieldError(at, excess.code(), excess.message())
                        : excess));
    if (!errors.isEmpty()) {
      return errors;
    }
    switch (rule.type()) {
      case NUMBER -> number(value);
      case STRING -> text(value);
      case BOOLEAN -> truth(value);
      case JSON -> json(value);
    }
    allowed(value);
    return errors;
  }

  private void number(Object value) {
    if (!(value instanceof Number written)) {
      wrong("type", "a number is needed here, not " + Values.kind(value) + unquote(value));
      return;
    }
    BigDecimal number = ExactNumber.of(written).orElseThrow();
    BigDecimal min = rule.min();
    BigDecimal max = rule.max();
    if (min != null && number.compareTo(min) < 0) {
      wrong("range", number.toPlainString() + " is less than the least, " + min.toPlainString());
    }
    if (max != null && number.compareTo(max) > 0) {
      wrong("range", number.toPlainString() + " is more than the most, " + max.toPlainString());
    }
    if (rule.step() != null && !Multiples.isOne(number, rule.step())) {
      wrong(
          "step",
          number.toPlainString()
              + " is no multiple of "
              + rule.step().toPlainString()
              + Multiples.nearest(number, rule.step(), min, max)
                  .map(near -> "; legal and nearest: " + near)
                  .orElse(""));
    }
  }

  private void text(Object value) {
    if (!(value instanceof String text)) {
      wrong("type", "a text is needed here, not " + Values.kind(value) + ": put it in quotes");
      return;
    }
    if (pattern == null) {
      return;
    }
    if (!budget.take(pattern.cost(text))) {
      wrong("too_long", "this text is too long to be matched with so large a pattern");
      return;
    }
    if (!pattern.matchesAllOf(text)) {
      // A pattern may have a part of the secret in it, such as its prefix.
      wrong(
          "pattern",
          "the whole text must match the rule's pattern"
              + (rule.encrypted() ? "" : " " + rule.pattern()));
    }
  }

  private void truth(Object value) {
    if (!(value instanceof Boolean)) {
      boolean isQuoted = "true".equals(value) || "false".equals(value);
      wrong(
          "type",
          "true or false is needed here, not "
              + Values.kind(value)
              + (isQuoted ? ": leave out the quotes" : ""));
    }
  }

  private void json(Object value) {
    if (schema != null) {
      errors.addAll(schema.errors(value, at));
    }
  }

  private void allowed(Object value) {
    if (errors.isEmpty()
        && !rule.allowedValues().isEmpty()
        && !rule.allowedValues().contains(ValueForm.canonical(value))) {
      wrong(
          "allowed",
          rule.encrypted()
              ? "this is not one of the allowed values"
              : "allowed are " + listed(rule.allowedValues()));
    }
  }

  private static String listed(List<Object> values) {
    String words =
        values.stream()
            .limit(MOST_LISTED)
            .map(value -> Excerpt.of(Json.write(value), LONGEST_LISTED))
            .collect(Collectors.joining(", "));
    return values.size() > MOST_LISTED ? words + " and others" : words;
  }

  private static String unquote(Object value) {
    return value instanceof String text && NUMBER.matcher(text).matches()
        ? ": leave out the quotes"
        : "";
  }

  private void wrong(String code, String message) {
    errors.add(new FieldError(at, code, message));
  }
}
