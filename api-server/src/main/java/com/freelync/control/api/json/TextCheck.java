package com.freelync.control.api.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.api.request.Texts;
import com.freelync.control.problem.FieldError;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Finds the texts, names and numbers in a body that cannot be kept. */
public final class TextCheck {
  /** A number such as 1e999999999 is short to write and fills the memory when written out. */
  private static final int MOST_DIGITS = 60;

  private TextCheck() {}

  /** Adds an error for each text in the tree that cannot be kept. */
  public static void check(JsonNode node, String pointer, List<FieldError> errors) {
    if (node.isTextual()) {
      check(node.textValue(), pointer, errors);
    } else if (node.isNumber()) {
      check(node.decimalValue(), pointer, errors);
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              field -> {
                check(field.getKey(), pointer, errors);
                check(field.getValue(), pointer + "/" + escaped(field.getKey()), errors);
              });
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        check(node.get(i), pointer + "/" + i, errors);
      }
    }
  }

  /** The same for a document of maps and lists. */
  public static void check(Object value, String pointer, List<FieldError> errors) {
    switch (value) {
      case String text -> {
        if (!Texts.isStorable(text)) {
          errors.add(new FieldError(pointer, "text", Texts.RULE));
        }
      }
      case BigDecimal number -> {
        if (Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
          errors.add(
              new FieldError(
                  pointer,
                  "number",
                  "a number has at most " + MOST_DIGITS + " digits, written out"));
        }
      }
      case Map<?, ?> map ->
          map.forEach(
              (name, inner) -> {
                check(String.valueOf(name), pointer, errors);
                if (inner != null) {
                  check(inner, pointer + "/" + escaped(String.valueOf(name)), errors);
                }
              });
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          Object inner = list.get(i);
          if (inner != null) {
            check(inner, pointer + "/" + i, errors);
          }
        }
      }
      default -> {}
    }
  }

  /** A name as a token of a JSON Pointer (RFC 6901), printable. */
  public static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1").replaceAll("\\p{Cntrl}|\\p{Cs}", "?");
  }
}
