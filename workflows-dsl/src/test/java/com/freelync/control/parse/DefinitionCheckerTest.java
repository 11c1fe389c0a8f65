package com.freelync.control.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.freelync.control.approval.Role;
import com.freelync.control.automation.DefinitionError;
import com.freelync.control.automation.Vocabulary;
import com.freelync.control.parse.Document.Format;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionCheckerTest {
  private static final Vocabulary PAYOUTS =
      new Vocabulary() {
        @Override
        public Set<Role> approvers() {
          return Set.of(new Role("CEO"), new Role("CFO"));
        }

        @Override
        public boolean isLimited(String action) {
          return true;
        }

        @Override
        public Optional<ActionSignature> action(String name) {
          return name.equals("approve_payout")
              ? Optional.of(
                  new ActionSignature(
                      name,
                      List.of(new InputField("payout_id", FactType.TEXT, true, "")),
                      List.of(new OutputField("status", FactType.TEXT)),
                      true))
              : Optional.empty();
        }

        @Override
        public List<String> actionNames() {
          return List.of("approve_payout", "reject_payout");
        }

        @Override
        public Optional<Map<String, FactType>> factsOf(String eventType) {
          return eventType.equals("payout.requested")
              ? Optional.of(Map.of("amount", FactType.NUMBER, "seller.verified", FactType.BOOLEAN))
              : Optional.empty();
        }

        @Override
        public Optional<String> idFieldOf(String eventType) {
          return factsOf(eventType).map(known -> "payout_id");
        }

        @Override
        public Optional<Entity> entity(String name) {
          return name.equals("payout")
              ? Optional.of(
                  new Entity(
                      "payout_id",
                      Map.of("amount", FactType.NUMBER),
                      Map.of("status", List.of("REQUESTED", "FAILED"))))
              : Optional.empty();
        }

        @Override
        public List<String> entityNames() {
          return List.of("payout");
        }

        @Override
        public List<String> eventTypes() {
          return List.of("payout.requested");
        }
      };

  private static List<DefinitionError> check(String json) {
    Document.Readable document = (Document.Readable) Document.read(json, Format.JSON);
    return DefinitionChecker.check(
        DefinitionParserTest.parsed(json, Format.JSON), document.content(), PAYOUTS);
  }

  @Test
  @DisplayName("AU-4: what would never come, or twice, is not taken; what is stored is still read")
  void refusesWhatNeverComes() {
    assertThat(
            check(
                """
                {"name": "n", "trigger": "manual", "steps": [{"approval": {"name": "a", "slots": [["CFO"]],
                 "remind_after": "PT72H", "timeout": "PT72H",
                 "escalate_after": {"PT24H": ["CEO"], "P1D": ["CFO"], "P4D": ["CEO"]}}}]}
                """))
        .extracting(DefinitionError::path, DefinitionError::code)
        .containsExactlyInAnyOrder(
            tuple("/steps/0/approval/remind_after", "never"),
            tuple("/steps/0/approval/escalate_after", "never"),
            tuple("/steps/0/approval/escalate_after", "duplicate"));
  }

  @Test
  @DisplayName("AU-1: a misspelt action and event type name the nearest")
  void namesTheNearest() {
    assertThat(
            check(
                """
                {"name": "x", "trigger": "event: payout.request", "actions": ["aprove_payout"]}
                """))
        .extracting(DefinitionError::path, DefinitionError::message)
        .containsExactly(
            tuple("/trigger", "did you mean payout.requested?"),
            tuple("/actions/0", "did you mean approve_payout?"));
  }

  @Test
  @DisplayName("AU-3 AU-16: where money moves, what the event claims of a known fact is refused")
  void refusesClaims() {
    assertThat(
            check(
                """
                {"name": "x", "trigger": "event: payout.requested",
                 "conditions": [{"field": "trigger.amount", "operator": "lte", "value": 5000},
                                {"field": "trigger.channel", "operator": "eq", "value": "app"}],
                 "steps": [{"if": {"field": "trigger.seller.verified", "operator": "eq", "value": true},
                            "then": [{"action": "approve_payout"}]}]}
                """))
        .extracting(DefinitionError::path, DefinitionError::code, DefinitionError::message)
        .containsExactly(
            tuple(
                "/conditions/0/field",
                "claimed_fact",
                "trigger.amount is only what the event claims, and this definition moves money:"
                    + " write amount, which is read from the source"),
            tuple(
                "/steps/0/if/field",
                "claimed_fact",
                "trigger.seller.verified is only what the event claims, and this definition moves"
                    + " money: write seller.verified, which is read from the source"));
  }

  @Test
  @DisplayName("AU-16 PO-1: an event's money goes to the payout that the event is about")
  void refusesAnotherPayout() {
    String definition =
        """
        {"name": "x", "trigger": "%s",
         "steps": [{"action": "approve_payout", "with": {"payout_id": "%s"}}]}
        """;
    for (String other : List.of("7b0c0a0e-0000-4000-8000-000000000000", "${trigger.other_id}")) {
      assertThat(check(definition.formatted("event: payout.requested", other)))
          .extracting(DefinitionError::path, DefinitionError::code, DefinitionError::message)
          .containsExactly(
              tuple(
                  "/steps/0/with/payout_id",
                  "other_entity",
                  "the conditions are decided on the trigger's own payout_id: leave it out, or write"
                      + " ${trigger.payout_id}"));
      assertThat(check(definition.formatted("manual", other))).isEmpty();
    }
    assertThat(check(definition.formatted("event: payout.requested", "${trigger.payout_id}")))
        .isEmpty();
  }

  @Test
  @DisplayName("AU-3: a field that the event lacks, and a value of the wrong type, are errors")
  void checksFieldsAndTypes() {
    assertThat(
            check(
                """
                {"name": "x", "trigger": "event: payout.requested", "actions": ["approve_payout"],
                 "conditions": [{"field": "amout", "operator": "lte", "value": 1},
                                {"field": "amount", "operator": "eq", "value": "five"},
                                {"field": "seller.verified", "operator": "gt", "value": 3}]}
                """))
        .extracting(DefinitionError::code)
        .containsExactly("unknown_fact", "type", "type");
  }

  @Test
  @DisplayName("AU-3: an operator that a fact cannot take is one error, with those that it can")
  void namesTheOperatorsOfTheType() {
    assertThat(
            check(
                """
                {"name": "x", "trigger": "event: payout.requested", "actions": ["approve_payout"],
                 "conditions": [{"field": "seller.verified", "operator": "between", "value": [1, 2]},
                                {"field": "amount", "operator": "starts_with", "value": "5"},
                                {"field": "amount", "operator": "in", "value": ["a", "b"]}]}
                """))
        .extracting(DefinitionError::path, DefinitionError::message)
        .containsExactly(
            tuple(
                "/conditions/0/operator",
                "seller.verified is true/false, which between does not compare: the operators are"
                    + " eq, ne, in, not_in, exists"),
            tuple(
                "/conditions/1/operator",
                "amount is a number, which starts_with does not compare: the operators are eq, ne,"
                    + " lt, lte, gt, gte, between, in, not_in, exists"),
            tuple("/conditions/2/value", "amount is a number, and is not compared with text"));
  }

  @Test
  @DisplayName("AU-1: an error points at the place in the document, in every nesting")
  void pointsAtThePlace() {
    assertThat(
            check(
                """
                {"name": "x", "trigger": {"event": "payout.requested"},
                 "conditions": {"all": [{"any": [{"field": "amount", "operator": "gt", "value": 1},
                                                 {"not": {"field": "a", "operator": "exists"}}]}]},
                 "steps": [{"action": "pay"},
                           {"if": [{"not": {"all": [{"field": "b", "operator": "exists"}]}}],
                            "then": ["fly", {"if": {"field": "c", "operator": "exists"}, "then": []}]}]}
                """))
        .extracting(DefinitionError::path)
        .containsExactly(
            "/conditions/all/0/any/1/not/field",
            "/steps/0/action",
            "/steps/1/if/0/not/all/0/field",
            "/steps/1/then/0",
            "/steps/1/then/1/if/field");
    assertThat(
            check(
                "{\"name\": \"x\", \"trigger\": {\"event\": \"e.x\"}, \"actions\": [\"approve_payout\"]}"))
        .extracting(DefinitionError::path)
        .containsExactly("/trigger/event");
  }

  @Test
  @DisplayName("AU-4: a reference to a later or missing step, or to a result it lacks, is an error")
  void checksReferences() {
    assertThat(
            check(
                """
                {"name": "x", "trigger": "manual", "steps": [
                  {"action": "approve_payout", "with": {"payout_id": "${steps.pay.status}"}},
                  {"action": "approve_payout", "id": "pay", "with": {"payout_id": "${trigger.payout_id}"}},
                  {"action": "approve_payout", "with": {"payout_id": "${steps.pay.colour}", "amount": 5}}]}
                """))
        .extracting(DefinitionError::path, DefinitionError::code)
        .containsExactly(
            tuple("/steps/0/with/payout_id", "unknown_step"),
            tuple("/steps/2/with/amount", "unknown_input"),
            tuple("/steps/2/with/payout_id", "unknown_result"));
  }

  @Test
  @DisplayName("AU-4: what one branch produces is not known in the other, nor afterwards")
  void knowsOnlyWhatSurelyHappened() {
    assertThat(
            check(
                """
                {"name": "x", "trigger": "manual", "steps": [
                  {"if": {"field": "trigger.a", "operator": "exists"},
                   "then": [{"action": "approve_payout", "id": "pay"}],
                   "else": [{"action": "approve_payout", "with": {"payout_id": "${steps.pay.status}"}}]},
                  {"action": "approve_payout", "with": {"payout_id": "${steps.pay.status}"}}]}
                """))
        .extracting(DefinitionError::path)
        .containsExactly("/steps/0/else/0/with/payout_id", "/steps/1/with/payout_id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"state: payuot.status -> FAILED\"|/trigger|unknown_entity|payout?",
        "\"state: payout.state -> FAILED\"|/trigger|unknown_field|status?",
        "\"state: payout.status -> FAILD\"|/trigger|unknown_value|FAILED?",
        "{\"state\": \"payout.status FAILED -> FAILED\"}|/trigger/state|never|does not become",
        "{\"cron\": \"0 8 30 2 *\"}|/trigger/cron|never|write *"
      })
  @DisplayName("AU-1 AU-2: what a trigger waits for exists and may come")
  void triggers(String trigger, String path, String code, String cure) {
    assertThat(
            check(
                "{\"name\": \"A\", \"trigger\": %s, \"actions\": [\"approve_payout\"]}"
                    .formatted(trigger)))
        .filteredOn(error -> error.path().startsWith("/trigger"))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.path()).isEqualTo(path);
              assertThat(error.code()).isEqualTo(code);
              assertThat(error.message()).contains(cure);
            });
  }

  @Test
  @DisplayName("AU-2 AU-3: a state trigger has the facts and the id of its entity, as an event has")
  void factsOfAStateTrigger() {
    assertThat(
            check(
                """
                {"name": "A", "trigger": "state: payout.status -> FAILED",
                 "conditions": [{"field": "amount", "operator": "lte", "value": 5000}],
                 "steps": [{"action": "approve_payout", "with": {"payout_id": "${trigger.payout_id}"}}]}
                """))
        .isEmpty();
    assertThat(
            check(
                """
                {"name": "A", "trigger": "state: payout.status -> FAILED",
                 "conditions": [{"field": "amuont", "operator": "lte", "value": 5000}],
                 "actions": ["approve_payout"]}
                """))
        .extracting(DefinitionError::code)
        .containsExactly("unknown_fact");
  }
}
