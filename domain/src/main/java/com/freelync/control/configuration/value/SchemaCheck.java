package com.freelync.control.configuration.value;

import com.freelync.control.parse.Nearest;
import com.freelync.control.problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with a JSON Schema: it is of draft 2020-12, valid, bounded, and stands alone,
 * so that nothing is ever fetched for it; its patterns are RE2's.
 */
final class SchemaCheck {
  private static final int DEEPEST = 50;
  private static final long MOST_OF_PATTERNS = 20_000;
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  private final SchemaReferences references = new SchemaReferences();
  private final List<FieldError> errors = new ArrayList<>();
  private final String at;
  private long patterns;

  private SchemaCheck(String at) {
    this.at = at;
  }

  static List<FieldError> errors(Map<?, ?> schema, String at) {
    Optional<FieldError> excess = JsonBounds.excess(schema, at, DEEPEST);
    if (excess.isPresent()) {
      return List.of(excess.get());
    }
    SchemaCheck check = new SchemaCheck(at);
    check.schema(schema, "");
    check.references.errors(at).forEach(check.errors::add);
    return check.errors.isEmpty() ? MetaSchema.errors(schema, at) : check.errors;
  }

  /** What is no schema at all is left to the meta schema. */
  private void schema(Object schema, String place) {
    references.schema(place);
    if (schema instanceof Map<?, ?> map) {
      map.forEach((name, value) -> keyword(place, String.valueOf(name), value));
    }
  }

  private void keyword(String owner, String name, @Nullable Object value) {
    String place = Pointer.to(owner, name);
    switch (name) {
      case "$schema" -> {
        if (!DRAFT.equals(value)) {
          wrong(place, "draft", "only " + DRAFT + " is understood");
        }
      }
      case "$id" ->
          wrong(place, "reference", "a rule's schema has no name of its own: leave it out");
      case "$ref", "$dynamicRef" -> references.reference(owner, place, value);
      case "$anchor", "$dynamicAnchor" -> references.anchor(owner, place, value);
      case "pattern" -> pattern(place, value);
      case "patternProperties" -> {
        if (value instanceof Map<?, ?> map) {
          map.keySet().forEach(key -> pattern(Pointer.to(place, String.valueOf(key)), key));
        }
      }
      default -> {
        if (!SchemaKeywords.ALL.contains(name)) {
          wrong(place, "unknown_keyword", Nearest.hint(name, SchemaKeywords.ALL));
        }
      }
    }
    SchemaKeywords.forEachIn(
        name,
        value,
        place,
        (part, where) -> {
          schema(part, where);
          if (SchemaKeywords.isInPlace(name)) {
            references.inPlace(owner, where);
          }
        });
  }

  private void pattern(String place, @Nullable Object value) {
    if (!(value instanceof String text)) {
      return;
    }
    Optional<String> problem = BoundedPattern.problem(text);
    problem.ifPresent(message -> wrong(place, "pattern", message));
    patterns += problem.isEmpty() ? BoundedPattern.of(text).size() : 0;
    if (patterns > MOST_OF_PATTERNS) {
      patterns = 0;
      wrong(place, "pattern", "all the patterns up to this one are too large a program together");
    }
  }

  private void wrong(String place, String code, String message) {
    errors.add(new FieldError(at + place, code, message));
  }
}
