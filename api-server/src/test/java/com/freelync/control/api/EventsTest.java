package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Events and dry runs, as other services and people send them; Temporal is away meanwhile. */
class EventsTest {
  private final TestApi api = TestApi.running();
  private final Fixtures things = Fixtures.standing();

  private Answer publish(String type, String body) {
    return api.as("marketplace", "POST", "/events")
        .body(type, body.getBytes(StandardCharsets.UTF_8))
        .send();
  }

  @Test
  @DisplayName("AU-14: a structured event is taken once, and a binary one with its id is the same")
  void structuredAndBinary() {
    String payout = api.marketplace.payout(api.marketplace.goodSeller(), "4200.00").toString();
    String id = UUID.randomUUID().toString();
    Answer first = publish("application/cloudevents+json", Fixtures.event(id, payout));
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.json().toString())
        .isEqualTo("{\"accepted\":1,\"duplicates\":0,\"rejected\":[]}");
    Answer binary =
        api.as("marketplace", "POST", "/events")
            .header("ce-specversion", "1.0")
            .header("ce-id", id)
            .header("ce-source", "test")
            .header("ce-type", "payout.requested")
            .json("{\"payout_id\": \"" + payout + "\"}")
            .send();
    assertThat(binary.json().toString())
        .isEqualTo("{\"accepted\":0,\"duplicates\":1,\"rejected\":[]}");
    // The sample automation waits for Temporal, the other one was decided at once.
    Answer runs = api.as("operator", "GET", "/admin/executions?entity=payout/" + payout).send();
    assertThat(runs.json().path("items").findValuesAsText("status"))
        .contains("PENDING")
        .containsOnly("PENDING", "SKIPPED");
    assertThat(runs.json().path("items").findValuesAsText("workflow_id")).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("AU-6: the error of a failed execution has a message, a type and a trace or none")
  void failedExecution() {
    String nowhere = UUID.randomUUID().toString();
    assertThat(
            publish(
                    "application/cloudevents+json",
                    Fixtures.event(UUID.randomUUID().toString(), nowhere))
                .status())
        .isEqualTo(202);
    Answer failed = api.as("operator", "GET", "/admin/executions?entity=payout/" + nowhere).send();
    assertThat(failed.text("/items/0/status")).as("%s", failed).isEqualTo("FAILED");
    assertThat(failed.json().at("/items/0/error").properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactlyInAnyOrder("message", "type", "stack_trace");
  }

  @Test
  @DisplayName("AU-14: of a batch the valid ones are taken, the others named by their place")
  void batch() {
    String one = Fixtures.event(UUID.randomUUID().toString(), things.payout());
    Answer answer =
        publish(
            "application/cloudevents-batch+json",
            "[" + one + ", {\"specversion\": \"0.3\"}, " + one + ", 7]");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("accepted").asInt()).isEqualTo(1);
    assertThat(answer.json().path("duplicates").asInt()).isEqualTo(1);
    assertThat(answer.json().path("rejected").findValuesAsText("index")).containsExactly("1", "3");
    assertThat(answer.json().at("/rejected/0/errors").findValuesAsText("field"))
        .contains("/specversion", "/id", "/source", "/type");
  }

  @Test
  @DisplayName("AU-14: a known id with other data is a conflict, and changes nothing")
  void conflict() {
    String id = UUID.randomUUID().toString();
    String first = api.marketplace.payout(api.marketplace.goodSeller(), "10.00").toString();
    String other = api.marketplace.payout(api.marketplace.goodSeller(), "10.00").toString();
    String stored = Fixtures.event(id, first);
    String contradiction = Fixtures.event(id, other);
    assertThat(publish("application/cloudevents+json", stored).status()).isEqualTo(202);
    Map<String, String> before = api.digest();

    Answer single = publish("application/cloudevents+json", contradiction);
    assertProblem(single, 422);
    assertThat(single.text("/errors/0/field")).isEqualTo("/id");
    assertThat(single.text("/errors/0/code")).isEqualTo("conflict");
    Answer batch =
        publish(
            "application/cloudevents-batch+json",
            "[7, " + stored + ", " + contradiction + ", " + stored + "]");
    assertThat(batch.json().path("accepted").asInt()).isZero();
    assertThat(batch.json().path("duplicates").asInt()).isEqualTo(2);
    assertThat(batch.json().path("rejected").findValuesAsText("index")).containsExactly("0", "2");
    assertThat(batch.text("/rejected/1/errors/0/code")).isEqualTo("conflict");
    assertThat(api.digest()).isEqualTo(before);
    assertThat(
            api.as("operator", "GET", "/admin/executions?entity=payout/" + other)
                .send()
                .json()
                .path("items"))
        .isEmpty();
  }

  @Test
  @DisplayName("AU-14: two events of one id in a batch: the first is taken, the other a conflict")
  void conflictWithinABatch() {
    String id = UUID.randomUUID().toString();
    String first = api.marketplace.payout(api.marketplace.goodSeller(), "10.00").toString();
    String other = api.marketplace.payout(api.marketplace.goodSeller(), "10.00").toString();
    Answer answer =
        publish(
            "application/cloudevents-batch+json",
            "[" + Fixtures.event(id, first) + ", " + Fixtures.event(id, other) + "]");
    assertThat(answer.json().path("accepted").asInt()).isEqualTo(1);
    assertThat(answer.json().path("duplicates").asInt()).isZero();
    assertThat(answer.text("/rejected/0/index")).isEqualTo("1");
  }

  @Test
  @DisplayName("AU-14: a single event that is invalid is refused with all that is wrong")
  void invalidEvent() {
    Answer binary = api.as("marketplace", "POST", "/events").json("{}").send();
    assertProblem(binary, 422);
    assertThat(binary.json().path("errors").findValuesAsText("field"))
        .contains("/specversion", "/id", "/source", "/type");
    assertProblem(publish("application/cloudevents+json", Fixtures.event("x", "no-uuid")), 422);
  }

  @Test
  @DisplayName("AU-14 SE-4: what CloudEvents does not allow is refused by its attribute")
  void cloudEventsAreReadStrictly() {
    Map<String, String> wrong =
        Map.of(
            "/source", "\"source\": \"not a uri\"",
            "/id", "\"id\": \"\"",
            "/subject", "\"subject\": \" \"",
            "/shard", "\"shard\": {\"a\": 1}",
            "/tags", "\"tags\": [1]",
            "/ratio", "\"ratio\": 1.5",
            "/huge", "\"huge\": 99999999999",
            "/dataschema", "\"dataschema\": \"relative\"",
            "/datacontenttype", "\"datacontenttype\": \"text/xml\"");
    String event = Fixtures.event(UUID.randomUUID().toString(), things.payout());
    wrong.forEach(
        (field, attribute) -> {
          String name = field.substring(1);
          String other = event.replaceFirst("\"" + name + "\": \"[^\"]*\", ", "");
          Answer answer =
              publish(
                  "application/cloudevents+json",
                  other.replaceFirst("\\{", "{" + attribute + ", "));
          assertProblem(answer, 422);
          assertThat(answer.json().path("errors").findValuesAsText("field")).containsExactly(field);
        });
    assertThat(
            publish(
                    "application/cloudevents+json",
                    event.replaceFirst(
                        "\\{",
                        "{\"traceparent\": \"00-a\", \"sampled\": true, \"seq\": 7, \"gone\": null,"
                            + " \"datacontenttype\": \"application/json; charset=utf-8\","
                            + " \"dataschema\": \"urn:a:b\", "))
                .status())
        .isEqualTo(202);
  }

  @Test
  @DisplayName("AU-7: a dry run tells what would happen, of what is stored, unsaved, or an event")
  void dryRuns() {
    String payout = api.marketplace.payout(api.marketplace.goodSeller(), "100000.00").toString();
    String data = "\"trigger_data\": {\"payout_id\": \"" + payout + "\"}";
    var before = api.digest();
    Answer skipped =
        api.as("admin", "POST", "/admin/workflows/" + things.draft() + "/dry-run")
            .json("{" + data + "}")
            .send();
    assertThat(skipped.json().path("matched").asBoolean()).isFalse();
    assertThat(skipped.json().at("/conditions/0/holds").asBoolean()).isFalse();
    Answer unsaved =
        api.as("operator", "POST", "/admin/workflows/dry-run")
            .json(
                "{\"definition\": {\"name\": \"Pay\", \"trigger\": \"event: payout.requested\","
                    + " \"actions\": [\"approve_payout\"]}, "
                    + data
                    + "}")
            .send();
    assertThat(unsaved.status()).isEqualTo(200);
    assertThat(unsaved.json().path("matched").asBoolean()).isTrue();
    assertThat(unsaved.text("/steps/0/outcome")).isEqualTo("would_run");
    assertThat(unsaved.body()).contains("\"amount\":100000.00");
    Answer ofEvent =
        api.as("operator", "POST", "/admin/workflows/" + things.draft() + "/dry-run")
            .json("{\"event_id\": \"" + things.event() + "\"}")
            .send();
    assertThat(ofEvent.status()).isEqualTo(200);
    assertProblem(
        api.as("operator", "POST", "/admin/workflows/" + things.draft() + "/dry-run")
            .json("{\"event_id\": \"" + UUID.randomUUID() + "\"}")
            .send(),
        422);
    assertThat(api.digest()).isEqualTo(before);
  }
}
