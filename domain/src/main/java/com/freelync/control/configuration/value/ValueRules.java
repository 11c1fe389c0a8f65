package com.freelync.control.configuration.value;

import com.freelync.control.configuration.value.ValueRule.Type;
import com.freelync.control.parse.Nearest;
import com.freelync.control.problem.FieldError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads rules from documents, and finds everything that is wrong with one at once. */
public final class ValueRules {
  private static final List<String> FIELDS =
      List.of(
          "type",
          "min",
          "max",
          "step",
          "pattern",
          "allowed_values",
          "json_schema",
          "encrypted",
          "description");

  private static final int MOST_ERRORS = 100;
  private static final int LONGEST_DESCRIPTION = 500;
  private static final int DEEPEST = 34;

  private final Map<String, ? extends @Nullable Object> document;
  private final String at;
  private final List<FieldError> errors = new ArrayList<>();

  private ValueRules(Map<String, ? extends @Nullable Object> document, String at) {
    this.document = document;
    this.at = at;
  }

  /**
   * Reads a rule.
   *
   * @param document as it is read from JSON with exact numbers; a field that is null is left out
   * @param at where the document stands, as a JSON Pointer
   */
  public static ReadRule read(Map<String, ? extends @Nullable Object> document, String at) {
    ValueRules reader = new ValueRules(document, at);
    Optional<ValueRule> rule = reader.rule();
    return rule.isPresent() && reader.errors.isEmpty()
        ? new ReadRule.Valid(rule.get())
        : new ReadRule.Invalid(reader.errors.stream().limit(MOST_ERRORS).toList());
  }

  private Optional<ValueRule> rule() {
    for (String field : document.keySet()) {
      if (!FIELDS.contains(field)) {
        wrong(field, "unknown_field", Nearest.hint(field, FIELDS));
      }
    }
    Optional<Type> type = type();
    BigDecimal min = number("min");
    BigDecimal max = number("max");
    BigDecimal step = number("step");
    String pattern = pattern();
    Map<String, Object> schema = schema();
    boolean isEncrypted = encrypted();
    String description = description();
    List<?> allowed = allowed();
    if (type.isEmpty()) {
      return Optional.empty();
    }
    ValueRule rule =
        new ValueRule(
            type.get(), min, max, step, pattern, List.of(), schema, isEncrypted, description);
    List<FieldError> contradictions = new RuleContradictions(document, rule, at).find();
    errors.addAll(contradictions);
    if (!contradictions.isEmpty() || !areAllowedBy(rule, allowed)) {
      return Optional.empty();
    }
    return Optional.of(
        new ValueRule(
            type.get(),
            min,
            max,
            step,
            pattern,
            List.copyOf(allowed),
            schema,
            isEncrypted,
            description));
  }

  private Optional<Type> type() {
    Object word = document.get("type");
    Optional<Type> type = word instanceof String text ? Type.of(text) : Optional.empty();
    if (word == null) {
      wrong("type", "missing", "one of " + String.join(", ", Type.words()) + " is needed");
    } else if (type.isEmpty()) {
      wrong("type", "type", Nearest.hint(String.valueOf(word), Type.words()));
    }
    return type;
  }

  private @Nullable BigDecimal number(String field) {
    Object value = document.get(field);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Number number)) {
      wrong(field, "type", "a number is needed here, without quotes");
      return null;
    }
    Optional<BigDecimal> exact = ExactNumber.of(number);
    if (exact.isEmpty()) {
      JsonBounds.excess(value, Pointer.to(at, field), 0).ifPresent(errors::add);
    }
    return exact.orElse(null);
  }

  private @Nullable String pattern() {
    Object value = document.get("pattern");
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      wrong("pattern", "type", "a pattern in RE2 syntax, a text, is needed here");
      return null;
    }
    Optional<FieldError> excess = JsonBounds.excess(text, Pointer.to(at, "pattern"), 0);
    if (excess.isPresent()) {
      errors.add(excess.get());
      return null;
    }
    Optional<String> problem = BoundedPattern.problem(text);
    problem.ifPresent(message -> wrong("pattern", "pattern", message));
    return problem.isEmpty() ? text : null;
  }

  private @Nullable Map<String, Object> schema() {
    Object value = document.get("json_schema");
    if (value == null) {
      return null;
    }
    if (!(value instanceof Map<?, ?> map)) {
      wrong("json_schema", "type", "a JSON Schema, an object, is needed here");
      return null;
    }
    List<FieldError> wrong = SchemaCheck.errors(map, Pointer.to(at, "json_schema"));
    errors.addAll(wrong);
    return wrong.isEmpty() ? ValueForm.canonicalObject(map) : null;
  }

  private boolean encrypted() {
    Object value = document.get("encrypted");
    if (value != null && !(value instanceof Boolean)) {
      wrong("encrypted", "type", "true or false is needed here");
    }
    return Boolean.TRUE.equals(value);
  }

  private String description() {
    Object value = document.get("description");
    if (value == null) {
      return "";
    }
    if (value instanceof String text
        && text.length() <= LONGEST_DESCRIPTION
        && JsonBounds.excess(text, at, 0).isEmpty()) {
      return text;
    }
    wrong("description", "text", "a text of at most " + LONGEST_DESCRIPTION + " characters");
    return "";
  }

  private List<?> allowed() {
    Object value = document.get("allowed_values");
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      wrong("allowed_values", "type", "a list of at least one value is needed here");
      return List.of();
    }
    Optional<FieldError> excess =
        JsonBounds.excess(list, Pointer.to(at, "allowed_values"), DEEPEST);
    excess.ifPresent(errors::add);
    return excess.isEmpty() ? list : List.of();
  }

  private boolean areAllowedBy(ValueRule rule, List<?> allowed) {
    int before = errors.size();
    ValueCheck check = new ValueCheck(rule);
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < allowed.size() && errors.size() < MOST_ERRORS; i++) {
      String place = Pointer.to(at, "allowed_values") + "/" + i;
      Object value = allowed.get(i);
      errors.addAll(check.errors(value, place));
      if (value != null && !seen.add(ValueForm.canonical(value))) {
        errors.add(new FieldError(place, "duplicate", "this value stands here twice"));
      }
    }
    return errors.size() == before;
  }

  private void wrong(String field, String code, String message) {
    errors.add(new FieldError(Pointer.to(at, field), code, message));
  }
}
