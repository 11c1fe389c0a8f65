package com.freelync.control.configuration.value;

import com.freelync.control.database.Json;
import com.freelync.control.problem.FieldError;
import java.util.List;

/** Rules and values as they come over the wire. */
final class Rules {
  static final String RATE = "{'type': 'number', 'min': 0, 'max': 10, 'step': 0.1}";
  static final String MINIMUM_AMOUNT = "{'type': 'number', 'min': 100, 'max': 10000}";
  static final String API_KEY =
      "{'type': 'string', 'encrypted': true, 'pattern': '^sk_live_[a-zA-Z0-9]{32}$'}";

  private Rules() {}

  /** The rule of a document, in which single quotes stand for double ones. */
  static ValueRule rule(String json) {
    return switch (read(json)) {
      case ReadRule.Valid valid -> valid.rule();
      case ReadRule.Invalid invalid -> throw new AssertionError(invalid.errors().toString());
    };
  }

  static List<FieldError> errors(String json) {
    return switch (read(json)) {
      case ReadRule.Valid valid -> List.of();
      case ReadRule.Invalid invalid -> invalid.errors();
    };
  }

  static ReadRule read(String json) {
    return ValueRules.read(Json.readObject(json.replace('\'', '"')), "/rule");
  }

  /** A rule for JSON with this schema. */
  static ValueRule ofSchema(String schema) {
    return rule("{'type': 'json', 'json_schema': " + schema + "}");
  }

  static List<FieldError> schemaErrors(String schema) {
    return errors("{'type': 'json', 'json_schema': " + schema + "}");
  }

  /** A value as it is read from JSON. */
  static Object value(String json) {
    return Json.readObject("{\"value\": " + json.replace('\'', '"') + "}").get("value");
  }

  /** What is wrong with a value: its place and code. */
  static List<String> check(ValueRule rule, String json) {
    return rule.check(value(json), "/value").stream()
        .map(error -> error.field() + " " + error.code())
        .toList();
  }

  static List<String> codes(List<FieldError> errors) {
    return errors.stream().map(error -> error.field() + " " + error.code()).toList();
  }
}
