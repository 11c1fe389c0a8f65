package com.freelync.control.configuration.value;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keywords of JSON Schema 2020-12, and where in them schemas stand. */
final class SchemaKeywords {
  /** Those that hold one schema. */
  private static final Set<String> ONE =
      Set.of(
          "not",
          "if",
          "then",
          "else",
          "items",
          "contains",
          "additionalProperties",
          "propertyNames",
          "unevaluatedItems",
          "unevaluatedProperties",
          "contentSchema");

  /** Those that hold a list of schemas. */
  private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");

  /** Those that hold schemas by name. */
  private static final Set<String> NAMED =
      Set.of("$defs", "properties", "patternProperties", "dependentSchemas");

  /** Those whose schemas are held against the same part of the value as their own schema is. */
  private static final Set<String> IN_PLACE =
      Set.of("not", "if", "then", "else", "allOf", "anyOf", "oneOf", "dependentSchemas");

  private static final Set<String> PLAIN =
      Set.of(
          "$schema",
          "$id",
          "$ref",
          "$dynamicRef",
          "$anchor",
          "$dynamicAnchor",
          "$comment",
          "type",
          "const",
          "enum",
          "multipleOf",
          "maximum",
          "exclusiveMaximum",
          "minimum",
          "exclusiveMinimum",
          "maxLength",
          "minLength",
          "pattern",
          "maxItems",
          "minItems",
          "uniqueItems",
          "maxContains",
          "minContains",
          "maxProperties",
          "minProperties",
          "required",
          "dependentRequired",
          "title",
          "description",
          "default",
          "deprecated",
          "readOnly",
          "writeOnly",
          "examples",
          "format",
          "contentEncoding",
          "contentMediaType");

  /** All of them, sorted. */
  static final Set<String> ALL =
      Stream.of(PLAIN, ONE, LISTS, NAMED)
          .flatMap(Set::stream)
          .collect(Collectors.toCollection(TreeSet::new));

  private SchemaKeywords() {}

  static boolean isInPlace(String keyword) {
    return IN_PLACE.contains(keyword);
  }

  /** Tells of each schema in a keyword's value, with its place. */
  static void forEachIn(
      String keyword, @Nullable Object value, String at, BiConsumer<Object, String> schema) {
    if (ONE.contains(keyword) && value != null) {
      schema.accept(value, at);
    } else if (LISTS.contains(keyword) && value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        accept(list.get(i), at + "/" + i, schema);
      }
    } else if (NAMED.contains(keyword) && value instanceof Map<?, ?> map) {
      map.forEach((name, one) -> accept(one, Pointer.to(at, String.valueOf(name)), schema));
    }
  }

  private static void accept(@Nullable Object value, String at, BiConsumer<Object, String> schema) {
    if (value != null) {
      schema.accept(value, at);
    }
  }
}
