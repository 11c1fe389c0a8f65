package com.freelync.control.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.freelync.control.automation.Definition;
import com.freelync.control.automation.DefinitionError;
import com.freelync.control.automation.Step;
import com.freelync.control.automation.Trigger;
import com.freelync.control.condition.Condition;
import com.freelync.control.parse.Document.Format;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionParserTest {
  private static final String SHORT_FORM =
      """
      {"name": "Auto-approve low-risk payouts", "trigger": "event: payout.requested",
       "conditions": [{"field": "amount", "operator": "lte", "value": 5000}, {"field": "seller.verified", "operator": "eq", "value": true},
                      {"field": "seller.trust_score", "operator": "gte", "value": 8}],
       "actions": ["approve_payout"]}
      """;

  private static final String LONG_FORM =
      """
      name: Large payouts need two people
      trigger: {event: payout.requested}
      conditions: {all: [{field: amount, operator: gt, value: 5000}, {not: {field: seller.suspended, operator: eq, value: true}}]}
      mode: {parallel: 10}
      on_limit: queue
      steps:
        - approval: {name: finance, slots: [[CFO], [CFO, CEO]], remind_after: PT4H, escalate_after: {PT24H: [CEO]}, timeout: PT72H, on_reject: continue}
        - if: {field: steps.finance.outcome, operator: eq, value: APPROVED}
          then:
            - {action: approve_payout, id: pay, with: {payout_id: "${trigger.payout_id}"}, retry: {max_retries: 3, initial: PT1S, multiplier: 2}}
          else: [{action: reject_payout, with: {payout_id: "${trigger.payout_id}", reason: "${steps.finance.comment}"}}]
      """;

  static Definition parsed(String text, Format format) {
    DefinitionParser.Result result = Document.parse(text, format);
    assertThat(result).isInstanceOf(DefinitionParser.Result.Parsed.class);
    return ((DefinitionParser.Result.Parsed) result).definition();
  }

  private static List<DefinitionError> errors(String json) {
    DefinitionParser.Result result = Document.parse(json, Format.JSON);
    assertThat(result).isInstanceOf(DefinitionParser.Result.Invalid.class);
    return ((DefinitionParser.Result.Invalid) result).errors();
  }

  @Test
  @DisplayName("AU-1: the short form in the exact words of the specification")
  void readsTheShortForm() {
    Definition definition = parsed(SHORT_FORM, Format.JSON);
    assertThat(definition.trigger()).isEqualTo(new Trigger.Event("payout.requested"));
    assertThat(((Condition.All) definition.conditions()).parts()).hasSize(3);
    assertThat(definition.steps())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.path()).isEqualTo("/actions/0");
              assertThat(((Step.ActionStep) step).action()).isEqualTo("approve_payout");
            });
  }

  @ParameterizedTest(name = "AU-1: the specification''s trigger {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "cron: 0 8 * * *|calculate_metrics, generate_report, send_notification",
        "cron: 0 0 * * *|query_expiring_documents, send_expiry_notifications, update_expired_status"
      })
  void readsTheSpecificationsCronSamples(String trigger, String actions) {
    Definition definition =
        parsed(
            "name: sample\ntrigger: '" + trigger + "'\nactions: [" + actions + "]\n", Format.YAML);
    assertThat(definition.trigger()).isInstanceOf(Trigger.Cron.class);
    assertThat(definition.steps()).hasSize(3);
  }

  @Test
  @DisplayName("AU-4: conditions, approvals, branches and references of the long form")
  void readsTheLongForm() {
    Definition definition = parsed(LONG_FORM, Format.YAML);
    Step.ApprovalStep approval = (Step.ApprovalStep) definition.steps().get(0);
    assertThat(approval.slots())
        .extracting(slot -> slot.roleNames().toString())
        .containsExactly("[CFO]", "[CFO, CEO]");
    assertThat(approval.timeout()).isEqualTo(Duration.ofHours(72));
    assertThat(approval.continueOnReject()).isTrue();
    Step.IfStep branch = (Step.IfStep) definition.steps().get(1);
    assertThat(branch.then().get(0).path()).isEqualTo("/steps/1/then/0");
    assertThat(branch.otherwise()).hasSize(1);
  }

  @Test
  @DisplayName("AU-1: what is printed parses to an equal definition, apart from the paths")
  void printsWhatItReads() {
    for (String text : List.of(SHORT_FORM, LONG_FORM)) {
      Definition once = parsed(text, Format.YAML);
      Definition twice = reparsed(once);
      assertThat(DefinitionPrinter.print(twice)).isEqualTo(DefinitionPrinter.print(once));
      assertThat(reparsed(twice)).isEqualTo(twice);
    }
  }

  private static Definition reparsed(Definition definition) {
    return ((DefinitionParser.Result.Parsed)
            DefinitionParser.parse(DefinitionPrinter.print(definition)))
        .definition();
  }

  @Test
  @DisplayName("AU-1: all errors at once, each with its path and a cure")
  void saysEverythingThatIsWrong() {
    assertThat(
            errors(
                """
                {"name": "", "trigger": "evnt: x", "conditions": [{"field": "amount", "operator": "lessthan", "value": 1},
                 {"field": "amount", "operator": "lte"}], "actions": ["approve_payout", 5], "colour": "red"}
                """))
        .extracting(DefinitionError::path, DefinitionError::code)
        .contains(
            tuple("/name", "text"),
            tuple("/trigger", "trigger"),
            tuple("/conditions/0/operator", "unknown_operator"),
            tuple("/conditions/1/value", "value"),
            tuple("/actions/1", "type"),
            tuple("/colour", "unknown_field"));
  }

  @Test
  @DisplayName("AU-1: a misspelt word is answered with the nearest one")
  void suggestsTheNearestWord() {
    assertThat(
            errors(
                """
                {"name": "x", "trigger": "manual", "conditions": {"field": "a", "operator": "start_with", "value": "b"},
                 "stepz": [], "actions": ["a"]}
                """))
        .extracting(DefinitionError::message)
        .contains(
            "did you mean starts_with? with text as value the operators are eq, ne, contains,"
                + " starts_with, ends_with, matches",
            "did you mean steps?");
  }

  @ParameterizedTest(name = "AU-3: {0} {1} is one error, and its advice is {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "<=|5|did you mean lte? with a number",
        "equals|true|did you mean eq? with true/false",
        "less|5|with a number as value the operators are eq, ne, lt, lte, gt, gte, contains",
        "in_list|[1]|with a list as value the operators are in, not_in, between",
        "exist|null|did you mean exists? without a value the operators are exists",
        "contain|true|with true/false as value the operators are eq, ne, exists"
      })
  void oneErrorForAnUnknownOperator(String operator, String value, String advice) {
    assertThat(
            errors(
                "{\"name\": \"x\", \"trigger\": \"manual\", \"actions\": [\"a\"], \"conditions\":"
                    + " [{\"field\": \"a\", \"operator\": \"%s\", \"value\": %s}]}"
                        .formatted(operator, value)))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.path()).isEqualTo("/conditions/0/operator");
              assertThat(error.message()).startsWith(advice);
            });
  }

  @Test
  @DisplayName("SE-4: 10,000 nested conditions are an error, not a stack overflow")
  void boundsNesting() {
    String deep = "{\"not\":".repeat(10_000) + "{}" + "}".repeat(10_000);
    assertThat(errors("{\"name\":\"x\",\"trigger\":\"manual\",\"conditions\":" + deep + "}"))
        .extracting(DefinitionError::code)
        .containsExactly("too_deep_or_long");
    String bounded = "{\"not\":".repeat(40) + "{}" + "}".repeat(40);
    assertThat(
            errors(
                "{\"name\":\"x\",\"trigger\":\"manual\",\"actions\":[\"a\"],\"conditions\":"
                    + bounded
                    + "}"))
        .extracting(DefinitionError::code)
        .containsExactly("too_deep");
  }

  @ParameterizedTest(name = "SE-4: {0} is unreadable")
  @ValueSource(strings = {"", "[]", "{", "null", "\"text\"", "{\"name\": NaN}", "{} {}", "1e400"})
  void refusesWhatIsNoObject(String text) {
    assertThat(errors(text))
        .extracting(DefinitionError::code)
        .containsAnyOf("unreadable", "empty", "type");
  }

  @Test
  @DisplayName("SE-4: what makes a document unreadable is told as it is, in JSON and in YAML")
  void saysWhyItIsUnreadable() {
    String deep = "[".repeat(70) + "]".repeat(70);
    for (Format format : Format.values()) {
      assertThat(code("{\"a\": 1, \"a\": 2}", format)).isEqualTo("duplicate");
      assertThat(code("{\"a\": " + deep + "}", format)).isEqualTo("too_deep_or_long");
      assertThat(code("{\"a\": " + "9".repeat(200) + "}", format)).isEqualTo("too_deep_or_long");
      assertThat(code("[1]", format)).isEqualTo("type");
      assertThat(code("{\"a\": [1}", format)).isEqualTo("unreadable");
    }
  }

  private static String code(String text, Format format) {
    return ((Document.Unreadable) Document.read(text, format)).error().code();
  }

  @Test
  @DisplayName("SE-4: a YAML alias bomb is refused")
  void refusesAliasBombs() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [*a%d,*a%d,*a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    assertThat(Document.parse(bomb.toString(), Format.YAML))
        .isInstanceOf(DefinitionParser.Result.Invalid.class);
  }

  @Test
  @DisplayName("AU-3: a pattern that is not RE2 is refused; an exponential one runs in linear time")
  void patternsAreLinear() {
    assertThat(
            errors(
                """
                {"name": "x", "trigger": "manual", "actions": ["a"],
                 "conditions": [{"field": "a", "operator": "matches", "value": "(?=a)b"}]}
                """))
        .extracting(DefinitionError::code)
        .containsExactly("pattern");
  }

  @Test
  @DisplayName("AU-1: a reference of a million parts is read, or refused, without running dry")
  void readsEndlessReferences() {
    for (String reference : List.of("${a" + ".a".repeat(1_000_000) + "}", "${a.".repeat(100_000))) {
      Map<String, Object> step =
          Map.of("action", "reject_payout", "with", Map.of("reason", reference));
      assertThat(
              DefinitionParser.parse(
                  Map.of("name", "x", "trigger", "manual", "steps", List.of(step))))
          .isNotNull();
    }
    assertThat(
            DefinitionParser.parse(
                Map.of(
                    "name", "x", "trigger", "event: a" + ".a".repeat(100_000), "steps", List.of())))
        .isNotNull();
  }

  @Test
  @DisplayName(
      "SE-4: a null within inputs or items has its place told, as any JSON Pointer tells it")
  void refusesNullsWithinInputs() {
    assertThat(
            errors(
                """
                {"name": "x", "trigger": "manual", "steps": [
                  {"action": "a", "with": {"body": {"b/c": [1, null]}}},
                  {"for_each": {"items": ["a", null], "do": ["a"]}}]}
                """))
        .extracting(DefinitionError::path)
        .containsExactly("/steps/0/with/body/b~1c/1", "/steps/1/for_each/items/1");
  }

  @Test
  @DisplayName("AU-4: months have no length, years four digits: nothing is left out silently")
  void knowsNoMonths() {
    for (String duration :
        List.of("P1M5D", "P1Y", "P1Y2M10D", "+999999999-12-31T23:59:59Z", "+12026-12-31")) {
      assertThat(
              errors(
                  "{\"name\": \"x\", \"trigger\": \"manual\", \"steps\": [{\"wait\": \"%s\"}]}"
                      .formatted(duration)))
          .extracting(DefinitionError::code)
          .containsExactly("wait");
    }
  }
}
