package com.freelync.control.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("AU-12: scheduled tasks over HTTP")
class TaskApiTest {
  private final TestApi api = TestApi.running();

  private Answer create(String fields) {
    return api.as("operator", "POST", "/admin/tasks")
        .json(
            "{\"name\": \"T\", \"workflow_id\": \"%s\", %s}"
                .formatted(Fixtures.automation(api, "ACTIVE"), fields))
        .send();
  }

  private static String payload() {
    return "\"payload\": {\"payout_id\": \"" + UUID.randomUUID() + "\"}";
  }

  private Answer move(String id, String move) {
    return api.as("operator", "POST", "/admin/tasks/" + id + "/" + move).json("{}").send();
  }

  @Test
  @DisplayName(
      "AU-12: a recurring task shows its next five instants, is run, paused, and cancelled")
  void recurring() {
    Answer made = create("\"cron\": \"0 8 * * MON\", " + payload());
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("/status")).isEqualTo("SCHEDULED");
    assertThat(made.json().path("next_runs")).hasSize(5);
    assertThat(made.text("/next_runs/0")).endsWith("T05:00:00Z");
    String id = made.text("/id");
    Answer run = move(id, "run");
    assertThat(run.status()).isEqualTo(202);
    assertThat(run.text("/last_execution/status")).as("no such payout").isEqualTo("FAILED");
    assertThat(run.text("/status")).isEqualTo("SCHEDULED");
    Answer execution =
        api.as("operator", "GET", "/admin/executions/" + run.text("/last_execution/id")).send();
    assertThat(execution.text("/trigger/why")).isEqualTo("task T");
    assertThat(execution.text("/trigger/by")).isEqualTo("operator");
    Answer paused = move(id, "pause");
    assertThat(paused.text("/status")).isEqualTo("PAUSED");
    assertThat(paused.json().path("next_runs")).isEmpty();
    Answer again = move(id, "pause");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("allowed").toString()).contains("resume");
    assertThat(move(id, "resume").text("/status")).isEqualTo("SCHEDULED");
    assertThat(move(id, "cancel").text("/status")).isEqualTo("CANCELLED");
    assertThat(move(id, "run").status()).isEqualTo(409);
    Answer listed =
        api.as(
                "cfo",
                "GET",
                "/admin/tasks?status=CANCELLED&workflow_id=" + made.text("/workflow_id"))
            .send();
    assertThat(listed.text("/items/0/id")).isEqualTo(id);
    assertThat(listed.json().path("items")).hasSize(1);
  }

  @Test
  @DisplayName("AU-12: to run a task with one instant now is its run")
  void once() {
    Instant at = Instant.now().plus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    Answer made = create("\"at\": \"" + at.plusMillis(12) + "\", " + payload());
    assertThat(made.text("/at")).isEqualTo(at.toString());
    assertThat(made.text("/next_runs/0")).isEqualTo(at.toString());
    Answer run = move(made.text("/id"), "run");
    assertThat(run.text("/status")).isEqualTo("FAILED");
    assertThat(run.json().path("next_runs")).isEmpty();
    assertThat(move(made.text("/id"), "run").status()).isEqualTo(409);
  }

  @Test
  @DisplayName("AU-12 SE-7: the same key makes one task")
  void idempotent() {
    String body =
        "{\"name\": \"T\", \"workflow_id\": \"%s\", \"cron\": \"0 8 * * *\", %s}"
            .formatted(Fixtures.automation(api, "ACTIVE"), payload());
    String key = UUID.randomUUID().toString();
    Answer first =
        api.as("operator", "POST", "/admin/tasks").header("Idempotency-Key", key).json(body).send();
    Answer second =
        api.as("operator", "POST", "/admin/tasks").header("Idempotency-Key", key).json(body).send();
    assertThat(second.text("/id")).isEqualTo(first.text("/id"));
    assertThat(second.header("Idempotency-Replayed")).hasValue("true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"cron\": \"0 8 30 2 *\"|/cron|never",
        "\"cron\": \"0 8 * *\"|/cron|cron",
        "\"cron\": \"0 8 * * *\", \"time_zone\": \"Mars/Base\"|/time_zone|time_zone",
        "\"at\": \"2020-01-01T00:00:00Z\"|/at|past",
        "\"at\": \"2050-01-01T00:00:00Z\", \"cron\": \"0 8 * * *\"|/cron|one_of",
        "\"at\": \"2050-01-01T00:00:00Z\", \"time_zone\": \"UTC\"|/time_zone|one_of",
        "\"cron\": \"0 8 * * *\", \"missed\": \"RUN\"|/missed|missed",
        "\"cron\": \"0 8 * * *\", \"catch_up\": \"P8D\"|/catch_up|range"
      })
  @DisplayName("AU-12 SE-4: what is wrong is named with its field")
  void refuses(String fields, String field, String code) {
    Answer refused = create(fields + ", " + payload());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/errors/0/field")).isEqualTo(field);
    assertThat(refused.text("/errors/0/code")).isEqualTo(code);
  }

  @Test
  @DisplayName("AU-12 SE-4: the automation exists, and the payload fits it")
  void refusesWhatCannotRun() {
    Answer noPayload = create("\"cron\": \"0 8 * * *\"");
    assertThat(noPayload.status()).isEqualTo(422);
    assertThat(noPayload.text("/errors/0/field")).isEqualTo("/payload/payout_id");
    Answer noAutomation =
        api.as("operator", "POST", "/admin/tasks")
            .json(
                "{\"name\": \"T\", \"workflow_id\": \"%s\", \"cron\": \"0 8 * * *\"}"
                    .formatted(UUID.randomUUID()))
            .send();
    assertThat(noAutomation.text("/errors/0/field")).isEqualTo("/workflow_id");
  }

  @Test
  @DisplayName(
      "AU-13: a paused automation is resumed with what it missed, or the request is refused")
  void missed() {
    String id = Fixtures.automation(api, "ACTIVE");
    Call patch = api.as("operator", "PATCH", "/admin/workflows/" + id);
    assertThat(patch.json("{\"status\": \"PAUSED\"}").send().status()).isEqualTo(200);
    Answer wrong = patch.json("{\"status\": \"ACTIVE\", \"missed\": \"all\"}").send();
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text("/errors/0/field")).isEqualTo("/missed");
    Answer resumed = patch.json("{\"status\": \"ACTIVE\", \"missed\": \"run\"}").send();
    assertThat(resumed.text("/status")).isEqualTo("ACTIVE");
    assertThat(patch.json("{\"status\": \"ACTIVE\", \"missed\": \"run\"}").send().status())
        .isEqualTo(422);
  }
}
