package com.freelync.control.parse;

import com.freelync.control.automation.Mode;
import com.freelync.control.automation.OnLimit;
import com.freelync.control.automation.Step;
import com.freelync.control.automation.Vocabulary;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.condition.Operator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The JSON Schema (draft 2020-12) of definitions, for editors: made of the words that the parser
 * reads and of the actions, event types and roles that exist here. It says what a definition looks
 * like; what it means is checked besides.
 */
public final class DefinitionSchema {
  private static final String REFERENCE = "^\\$\\{[a-z][a-z0-9_]*(\\.[A-Za-z0-9_]+)*\\}$";
  private static final String LENGTH = "^P(?=.)(\\d+W)?(\\d+D)?(T(\\d+H)?(\\d+M)?([\\d.]+S)?)?$";
  private static final Map<String, Object> TEXT = Map.of("type", "string");
  private static final Map<String, Object> NAME =
      Map.of("type", "string", "pattern", "^[a-z][a-z0-9_]{0,59}$");
  private static final Map<String, Object> DURATION =
      Map.of("type", "string", "pattern", LENGTH, "examples", List.of("PT15M", "P30D"));
  private static final Map<String, Object> TIME =
      Map.of("type", "string", "pattern", "^\\d{4}-\\d{2}-\\d{2}(T.+)?$");
  private static final Map<String, Object> STEPS =
      Map.of("type", "array", "items", ref("step"), "minItems", 1, "maxItems", 200);
  private static final Map<String, Object> SOME_STEPS =
      Map.of("type", "array", "items", ref("step"), "maxItems", 200);

  private final Vocabulary vocabulary;

  private DefinitionSchema(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The schema, for the actions, event types and roles of a vocabulary. */
  public static Map<String, Object> of(Vocabulary vocabulary) {
    return new DefinitionSchema(vocabulary).root();
  }

  private Map<String, Object> root() {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("name", Map.of("type", "string", "minLength", 1, "maxLength", 120));
    fields.put("description", TEXT);
    fields.put("trigger", ref("trigger"));
    fields.put("conditions", anyOf(ref("condition"), arrayOf(ref("condition"))));
    fields.put("mode", mode());
    fields.put("on_limit", words(OnLimit.values()));
    fields.put("limits", limits());
    fields.put("actions", someOf(enumOf(vocabulary.actionNames())));
    fields.put("steps", STEPS);
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "An automation of the control center");
    schema.putAll(object(fields, Fields.DEFINITION, List.of("name", "trigger")));
    schema.put(
        "oneOf",
        List.of(Map.of("required", List.of("actions")), Map.of("required", List.of("steps"))));
    schema.put("$defs", definitions());
    return schema;
  }

  private Map<String, Object> definitions() {
    Map<String, Object> definitions = new TreeMap<>();
    definitions.put("trigger", trigger());
    definitions.put("condition", condition());
    definitions.put("step", step());
    definitions.put("action", action());
    definitions.put("approval", approval());
    return definitions;
  }

  private Map<String, Object> trigger() {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("cron", Map.of("type", "string", "examples", List.of("0 8 * * *")));
    fields.put("time_zone", Map.of("type", "string", "examples", List.of("Africa/Addis_Ababa")));
    fields.put("event", enumOf(vocabulary.eventTypes()));
    fields.put("state", Map.of("type", "string", "examples", List.of("payout.status -> FAILED")));
    fields.put("manual", Map.of());
    return anyOf(
        Map.of("type", "string", "pattern", "^(manual|(cron|event|state): *.+)$"),
        object(fields, Fields.TRIGGER, List.of()));
  }

  private static Map<String, Object> condition() {
    Map<String, Object> comparison = new TreeMap<>();
    comparison.put("field", Map.of("type", "string", "examples", List.of("seller.trust_score")));
    comparison.put("operator", enumOf(Operator.words()));
    comparison.put("value", Map.of());
    return anyOf(
        arrayOf(ref("condition")),
        object(Map.of("all", arrayOf(ref("condition"))), Set.of("all"), List.of("all")),
        object(Map.of("any", someOf(ref("condition"))), Set.of("any"), List.of("any")),
        object(Map.of("not", ref("condition")), Set.of("not"), List.of("not")),
        object(comparison, Fields.COMPARISON, List.of("field", "operator")));
  }

  private Map<String, Object> step() {
    Map<String, Object> branch =
        Map.of("if", ref("condition"), "then", SOME_STEPS, "else", SOME_STEPS);
    Map<String, Object> loop = new TreeMap<>();
    loop.put("id", NAME);
    loop.put("items", anyOf(Map.of("type", "array"), reference()));
    loop.put("batch", whole(1, 100));
    loop.put("do", STEPS);
    Map<String, Object> attempt = new TreeMap<>();
    attempt.put("try", STEPS);
    attempt.put("id", NAME);
    attempt.put("catch", SOME_STEPS);
    attempt.put("finally", SOME_STEPS);
    attempt.put("on_error", words(Step.OnError.values()));
    Map<String, Object> stop =
        Map.of("outcome", words(Step.StopStep.Outcome.values()), "reason", TEXT);
    return anyOf(
        enumOf(vocabulary.actionNames()),
        ref("action"),
        object(branch, Fields.IF, List.of("if", "then")),
        object(
            Map.of(
                "parallel", Map.of("type", "array", "items", STEPS, "minItems", 1, "maxItems", 20)),
            Fields.PARALLEL,
            List.of("parallel")),
        object(
            Map.of("for_each", object(loop, Fields.FOR_EACH_BODY, List.of("items", "do"))),
            Fields.FOR_EACH,
            List.of("for_each")),
        object(Map.of("wait", anyOf(DURATION, TIME, reference())), Fields.WAIT, List.of("wait")),
        object(Map.of("approval", ref("approval")), Fields.APPROVAL, List.of("approval")),
        object(attempt, Fields.TRY, List.of("try")),
        object(
            Map.of("stop", anyOf(TEXT, object(stop, Fields.STOP_BODY, List.of("reason")))),
            Fields.STOP,
            List.of("stop")));
  }

  /** One alternative for each action, so that an editor knows the inputs of each. */
  private Map<String, Object> action() {
    List<Map<String, Object>> actions =
        vocabulary.actionNames().stream()
            .flatMap(name -> vocabulary.action(name).stream())
            .map(DefinitionSchema::action)
            .toList();
    return Map.of("oneOf", actions);
  }

  private static Map<String, Object> action(ActionSignature signature) {
    Map<String, Object> with = new TreeMap<>();
    signature.inputs().forEach(input -> with.put(input.name(), input(input)));
    Map<String, Object> retry = new TreeMap<>();
    retry.put("max_retries", whole(0, 20));
    retry.put("initial", DURATION);
    retry.put("multiplier", Map.of("type", "number", "minimum", 1, "maximum", 10));
    Map<String, Object> fields = new TreeMap<>();
    fields.put("action", Map.of("const", signature.name()));
    fields.put("id", NAME);
    fields.put("with", object(with, with.keySet(), List.of()));
    fields.put("retry", object(retry, Fields.RETRY, List.of()));
    fields.put(
        "compensate", Map.of("type", "array", "items", anyOf(TEXT, ref("action")), "maxItems", 10));
    return object(fields, Fields.ACTION, List.of("action"));
  }

  /** A reference may stand where any value may. */
  private static Map<String, Object> input(InputField input) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", input.meaning());
    if (input.type() != FactType.ANY) {
      schema.put("anyOf", List.of(reference(), value(input)));
    }
    return schema;
  }

  private static Map<String, Object> value(InputField input) {
    return switch (input.type()) {
      case NUMBER -> Map.of("type", "number");
      case BOOLEAN -> Map.of("type", "boolean");
      case LIST -> Map.of("type", "array");
      case TEXT, TIME, ANY -> input.choices().isEmpty() ? TEXT : enumOf(input.choices());
    };
  }

  private Map<String, Object> approval() {
    Map<String, Object> slot =
        Map.of(
            "type",
            "array",
            "minItems",
            1,
            "maxItems",
            10,
            "items",
            enumOf(vocabulary.approvers().stream().map(role -> role.name()).sorted().toList()));
    Map<String, Object> fields = new TreeMap<>();
    fields.put("name", NAME);
    fields.put("slots", Map.of("type", "array", "items", slot, "minItems", 1, "maxItems", 10));
    fields.put("remind_after", DURATION);
    fields.put("escalate_after", Map.of("type", "object", "additionalProperties", slot));
    fields.put("timeout", DURATION);
    fields.put("on_timeout", words(Step.OnTimeout.values()));
    fields.put("on_reject", enumOf(List.of("end", "continue")));
    return object(fields, Fields.APPROVAL_BODY, List.of("name", "slots"));
  }

  private Map<String, Object> limits() {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("max_per_hour", whole(0, 1_000_000_000));
    fields.put("max_per_day", whole(0, 1_000_000_000));
    fields.put("max_total_amount", Map.of("type", "number", "minimum", 0));
    return Map.of(
        "type", "object",
        "propertyNames", enumOf(vocabulary.actionNames()),
        "additionalProperties", object(fields, Fields.LIMITS, List.of()));
  }

  private static Map<String, Object> mode() {
    return anyOf(
        enumOf(List.of("single", "queued", "restart")),
        object(
            Map.of("parallel", whole(1, Mode.MOST_PARALLEL)),
            Set.of("parallel"),
            List.of("parallel")));
  }

  /** Every field that the parser reads is described, and no other one: else this fails. */
  private static Map<String, Object> object(
      Map<String, Object> fields, Set<String> read, List<String> required) {
    if (!fields.keySet().equals(read)) {
      throw new IllegalStateException("the schema has " + fields.keySet() + ", the parser " + read);
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", new TreeMap<>(fields));
    schema.put("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }

  private static Map<String, Object> reference() {
    return Map.of("type", "string", "pattern", REFERENCE);
  }

  private static Map<String, Object> whole(int least, int most) {
    return Map.of("type", "integer", "minimum", least, "maximum", most);
  }

  private static Map<String, Object> words(Enum<?>[] values) {
    return enumOf(Arrays.stream(values).map(word -> word.name().toLowerCase(Locale.ROOT)).toList());
  }

  private static Map<String, Object> enumOf(List<String> words) {
    return Map.of("enum", words);
  }

  private static Map<String, Object> arrayOf(Map<String, Object> items) {
    return Map.of("type", "array", "items", items, "maxItems", 200);
  }

  private static Map<String, Object> someOf(Map<String, Object> items) {
    return Map.of("type", "array", "items", items, "minItems", 1, "maxItems", 200);
  }

  @SafeVarargs
  private static Map<String, Object> anyOf(Map<String, Object>... alternatives) {
    return Map.of("anyOf", List.of(alternatives));
  }

  private static Map<String, Object> ref(String name) {
    return Map.of("$ref", "#/$defs/" + name);
  }
}
