package com.freelync.control.configuration.value;

import com.freelync.control.configuration.value.ValueRule.Type;
import com.freelync.control.problem.FieldError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds parts of a rule that do not go together. */
final class RuleContradictions {
  private final Map<String, ? extends @Nullable Object> document;
  private final ValueRule rule;
  private final String at;
  private final List<FieldError> errors = new ArrayList<>();

  RuleContradictions(Map<String, ? extends @Nullable Object> document, ValueRule rule, String at) {
    this.document = document;
    this.rule = rule;
    this.at = at;
  }

  List<FieldError> find() {
    Type type = rule.type();
    onlyFor(type == Type.NUMBER, "min", "numbers");
    onlyFor(type == Type.NUMBER, "max", "numbers");
    onlyFor(type == Type.NUMBER, "step", "numbers");
    onlyFor(type == Type.STRING, "pattern", "strings");
    onlyFor(type == Type.JSON, "json_schema", "json");
    if (rule.encrypted() && type != Type.STRING && type != Type.JSON) {
      wrong("encrypted", "only strings and json can be encrypted");
    }
    if (rule.encrypted() && document.get("allowed_values") != null) {
      wrong("allowed_values", "the values of a secret cannot be listed for all to read");
    }
    bounds();
    return errors;
  }

  private void bounds() {
    BigDecimal min = rule.min();
    BigDecimal max = rule.max();
    BigDecimal step = rule.step();
    if (min != null && max != null && min.compareTo(max) > 0) {
      wrong("min", "the least must not be more than the greatest, " + max.toPlainString());
      return;
    }
    if (step == null) {
      return;
    }
    if (step.signum() <= 0) {
      wrong("step", "a step is more than 0");
    } else if (min != null && max != null && !Multiples.isAnyWithin(min, max, step)) {
      wrong("step", "no multiple of this step lies between min and max");
    }
  }

  private void onlyFor(boolean fits, String field, String types) {
    if (!fits && document.get(field) != null) {
      wrong(field, "this is for " + types + " only");
    }
  }

  private void wrong(String field, String message) {
    errors.add(new FieldError(Pointer.to(at, field), "contradiction", message));
  }
}
