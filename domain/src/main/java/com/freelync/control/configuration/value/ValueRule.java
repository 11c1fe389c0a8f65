package com.freelync.control.configuration.value;

import com.freelync.control.problem.FieldError;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a setting's value may be. What people write is read by {@link ValueRules}, which finds what
 * contradicts itself; the record itself only makes its parts canonical.
 *
 * @param min the least number
 * @param max the greatest number
 * @param step the number is a multiple of it, counted from 0
 * @param pattern the whole text matches it; in RE2 syntax
 * @param allowedValues one of these; any where there are none
 * @param jsonSchema of draft 2020-12 and self-contained; {@code format} only annotates
 * @param encrypted whether the value is a secret: no message of {@link #check} tells any of it
 */
public record ValueRule(
    Type type,
    @Nullable BigDecimal min,
    @Nullable BigDecimal max,
    @Nullable BigDecimal step,
    @Nullable String pattern,
    List<Object> allowedValues,
    @Nullable Map<String, Object> jsonSchema,
    boolean encrypted,
    String description) {

  public ValueRule {
    min = canonical(min);
    max = canonical(max);
    step = canonical(step);
    allowedValues = allowedValues.stream().map(ValueForm::canonical).toList();
    jsonSchema = jsonSchema == null ? null : ValueForm.canonicalObject(jsonSchema);
  }

  /** What a value is. */
  public enum Type {
    NUMBER,
    STRING,
    BOOLEAN,
    JSON;

    /** As it is written in documents. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Type> of(String word) {
      return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }

    static List<String> words() {
      return Arrays.stream(values()).map(Type::word).toList();
    }
  }

  /**
   * Everything that is wrong with a bare value.
   *
   * @param value as it is read from JSON with exact numbers
   * @param at where it stands, as a JSON Pointer
   * @throws IllegalArgumentException for a number in floating point, or what is not from JSON
   */
  public List<FieldError> check(@Nullable Object value, String at) {
    return new ValueCheck(this).errors(value, at);
  }

  /** The rule as a document, which {@link ValueRules#read} reads as an equal rule. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", type.word());
    put(document, "min", min);
    put(document, "max", max);
    put(document, "step", step);
    put(document, "pattern", pattern);
    put(document, "allowed_values", allowedValues.isEmpty() ? null : allowedValues);
    put(document, "json_schema", jsonSchema);
    put(document, "encrypted", encrypted ? true : null);
    put(document, "description", description.isEmpty() ? null : description);
    return document;
  }

  private static void put(Map<String, Object> document, String field, @Nullable Object value) {
    if (value != null) {
      document.put(field, value);
    }
  }

  private static @Nullable BigDecimal canonical(@Nullable BigDecimal number) {
    return number == null ? null : (BigDecimal) ValueForm.canonical(number);
  }
}
