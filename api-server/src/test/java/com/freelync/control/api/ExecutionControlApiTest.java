package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.ControlCenter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Executions as operators find, follow, and handle them. */
class ExecutionControlApiTest {
  private final TestApi api = TestApi.running();
  private final ControlCenter worker =
      new ControlCenter(api.database.as("control_worker"), Clock.systemUTC());

  private String automation(String mode) {
    Answer made =
        api.as("admin", "POST", "/admin/workflows")
            .json(
                "{\"name\": \"Mode\", \"trigger\": \"manual\", \"mode\": %s, \"status\": \"ACTIVE\", \"actions\": [\"take_snapshot\"]}"
                    .formatted(mode))
            .send();
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return made.text("/id");
  }

  private Answer execute(String person, String automation) {
    return api.as(person, "POST", "/admin/workflows/" + automation + "/execute")
        .json("{\"trigger_data\": {}}")
        .send();
  }

  private String begun(String automation) {
    String id = execute("operator", automation).text("/execution_id");
    worker.runs.begin(UUID.fromString(id));
    return id;
  }

  private void sql(String sql, Object... values) {
    api.database
        .as("control_owner")
        .transaction(transaction -> transaction.handle().execute(sql, values));
  }

  private List<String> listed(String filter) {
    Answer list = api.as("operator", "GET", "/admin/executions?limit=200&" + filter).send();
    assertThat(list.status()).as("%s", list).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    list.json().path("items").forEach(item -> ids.add(item.path("id").asText()));
    return ids;
  }

  @Test
  @DisplayName("AU-15: a second execution of a single automation is 409 and names the first")
  void single() {
    String automation = automation("\"single\"");
    String first = execute("operator", automation).text("/execution_id");
    Answer second = execute("admin", automation);
    assertProblem(second, 409);
    assertThat(second.text("/detail")).contains(first);
  }

  @Test
  @DisplayName("AU-9: who had enough executions for this hour is told so, and when to come again")
  void tooMany() {
    String automation = automation("\"queued\"");
    String fill =
        "INSERT INTO control.limit_window (action, scope, measure, starts_at, used)"
            + " SELECT 'executions.manual', 'devops', 'COUNT_PER_HOUR', date_trunc('hour', now()) + n * interval '1 hour', 60"
            + " FROM generate_series(0, 1) n ON CONFLICT (action, scope, measure, starts_at) DO UPDATE SET used = 60";
    sql(fill);
    try {
      Answer full = execute("devops", automation);
      assertProblem(full, 429);
      assertThat(Integer.parseInt(full.headers().get("retry-after").getFirst()))
          .isBetween(1, 3_600);
      assertThat(full.text("/detail")).contains("60", "executions.manual");
    } finally {
      sql("DELETE FROM control.limit_window WHERE scope = 'devops'");
    }
    assertThat(execute("devops", automation).status()).isEqualTo(202);
  }

  @Test
  @DisplayName("AU-13: lists say for what executions wait and since when, and filter by it")
  void waits() {
    String automation = automation("\"queued\"");
    String first = begun(automation);
    Answer second = execute("operator", automation);
    String waiting = second.text("/execution_id");
    assertThat(second.text("/status")).isEqualTo("PENDING");
    assertThat(second.text("/reason")).isEqualTo("Waits for execution " + first + ".");
    assertThat(listed("waits_for=slot")).contains(waiting).doesNotContain(first);
    JsonNode row =
        api.as("operator", "GET", "/admin/executions?workflow_id=" + automation + "&waits_for=slot")
            .send()
            .json()
            .at("/items/0");
    assertThat(row.at("/waits/0/kind").asText()).isEqualTo("slot");
    assertThat(row.at("/waits/0/execution_id").asText()).isEqualTo(first);
    assertThat(Instant.parse(row.at("/waits/0/since").asText()))
        .isAfterOrEqualTo(Instant.parse(row.path("created_at").asText()));

    String asks = Questions.asked(api).execution();
    assertThat(listed("waits_for=human")).contains(asks).doesNotContain(waiting, first);
    sql(
        "INSERT INTO control.execution_wait (execution_id, path, item, waits_for, action, workflow_id, waits_in, since, until)"
            + " SELECT id, '/actions/0', '', 'BREAKER', 'take_snapshot', workflow_id, '', now(), now() FROM control.workflow_execution WHERE id = ?",
        UUID.fromString(first));
    assertThat(listed("waits_for=breaker")).containsExactly(first);
    assertThat(listed("waits_for=limit")).doesNotContain(first, waiting);
    sql(
        "INSERT INTO control.execution_step (execution_id, path, action, status, attempts, error, started_at)"
            + " VALUES (?, '/actions/0', 'take_snapshot', 'RUNNING', 2, '{}', now())",
        UUID.fromString(first));
    assertThat(listed("retrying=true")).containsExactly(first);
    assertThat(listed("retrying=false")).contains(waiting);
    sql(
        "INSERT INTO control.execution_step (execution_id, path, action, status, started_at, input)"
            + " VALUES (?, '/actions/1', 'wait', 'RUNNING', now(), '{\"until\": \"2030-01-01T00:00:00Z\"}')",
        UUID.fromString(first));
    assertThat(listed("waits_for=time")).containsExactly(first);
    assertThat(listed("waits_for=kill_switch")).isEmpty();
    worker.runs.finish(UUID.fromString(first), "COMPLETED", null, null);
    // The message of its end waits behind those for Temporal, which is away here.
    worker.turns.run();
    assertThat(listed("waits_for=slot")).doesNotContain(waiting);
    assertThat(listed("retrying=true")).as("what is over waits for nothing").isEmpty();
  }

  @Test
  @DisplayName("AU-13 SE-7: an entity is written with a colon or a slash")
  void entity() {
    String payout = Fixtures.standing().payout();
    assertThat(listed("entity=payout:" + payout))
        .isNotEmpty()
        .isEqualTo(listed("entity=payout/" + payout));
  }

  @Test
  @DisplayName(
      "AU-6: who follows an execution is told where it stands, then each change, then its end")
  void follows() throws Exception {
    UUID id =
        UUID.fromString(execute("operator", automation("{\"parallel\": 2}")).text("/execution_id"));
    String last;
    try (SettingEvents events = follow(id, "")) {
      SettingEvents.Event first = events.next();
      assertThat(first.name()).isEqualTo("execution");
      JsonNode read = api.as("operator", "GET", "/admin/executions/" + id).send().json();
      assertThat(first.json()).isEqualTo(read);
      last = first.id();
      worker.runs.begin(id);
      SettingEvents.Event begun = events.next();
      assertThat(begun.name()).isEqualTo("status");
      assertThat(begun.json().path("status").asText()).isEqualTo("RUNNING");
      sql(
          "INSERT INTO control.execution_step (execution_id, path, action, status, attempts, started_at)"
              + " VALUES (?, '/actions/0', 'take_snapshot', 'RUNNING', 1, now())",
          id);
      SettingEvents.Event step = events.next();
      assertThat(step.name()).isEqualTo("step");
      assertThat(step.json().path("path").asText()).isEqualTo("/actions/0");
      try (SettingEvents again = follow(id, step.id())) {
        worker.runs.finish(id, "COMPLETED", null, null);
        assertThat(again.next().name()).as("nothing is told twice").isNotEqualTo("execution");
      }
      SettingEvents.Event over = events.next();
      assertThat(over.name()).isEqualTo("status");
      assertThat(over.json().path("status").asText()).isEqualTo("COMPLETED");
      assertThat(events.next().name()).isEqualTo("end");
      assertThat(events.ends()).isTrue();
    }
    try (SettingEvents late = follow(id, last)) {
      assertThat(late.next().name()).as("an old state is told anew").isEqualTo("execution");
      assertThat(late.next().name()).isEqualTo("end");
      assertThat(late.ends()).isTrue();
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> watched(id) == 0);
  }

  private long watched(UUID id) {
    return api.database
        .as("control_owner")
        .read(
            handle ->
                handle
                    .select(
                        "SELECT count(*) FROM control.execution_watch WHERE execution_id = ?", id)
                    .mapTo(Long.class)
                    .one());
  }

  private SettingEvents follow(UUID id, String last) throws Exception {
    return SettingEvents.follow(
        api.address, "/admin/executions/" + id + "/stream", api.token("operator"), last);
  }

  @Test
  @DisplayName("AU-6 SE-1: a stream ends with its token, and nobody follows who may not read")
  void endsWithItsToken() throws Exception {
    String path =
        "/admin/executions/"
            + execute("operator", automation("{\"parallel\": 2}")).text("/execution_id")
            + "/stream";
    // Clocks may differ by 30 seconds: so long an ended token is good.
    Instant ended = Instant.now().minusSeconds(28);
    String token = api.issuer.token("operator", claims -> claims.expirationTime(Date.from(ended)));
    try (SettingEvents events = SettingEvents.follow(api.address, path, token, "")) {
      assertThat(events.next().name()).isEqualTo("execution");
      assertThat(events.ends()).isTrue();
    }
    assertProblem(api.as("analyst", "GET", path).send(), 403);
    assertProblem(api.anonymous("GET", path).send(), 401);
  }

  @Test
  @DisplayName("AU-9: limits of executions are listed with those of actions")
  void limits() {
    List<String> names = new ArrayList<>();
    api.as("operator", "GET", "/admin/limits?limit=200")
        .send()
        .json()
        .path("items")
        .forEach(item -> names.add(item.path("action").asText() + " " + item.path("limit")));
    assertThat(names)
        .contains(
            "executions.event 10000",
            "executions.state_change 10000",
            "executions.scheduled 60",
            "executions.manual 60");
  }

  @Test
  @DisplayName("AU-6 SE-4: who names a place that is none is told so")
  void badPlace() {
    Answer refused =
        api.as(
                "operator",
                "GET",
                "/admin/executions/" + Fixtures.standing().execution() + "/stream")
            .header("Last-Event-ID", "x")
            .send();
    assertProblem(refused, 400);
    assertThat(refused.text("/errors/0/field")).isEqualTo("Last-Event-ID");
  }

  private String failed(String automation) {
    String id = begun(automation);
    worker.runs.finish(
        UUID.fromString(id), "FAILED", "a test", Map.of("type", "t", "message", "m"));
    return id;
  }

  private Answer bulk(String body) {
    return api.as("operator", "POST", "/admin/executions/bulk").json(body).send();
  }

  @Test
  @DisplayName("AU-13: many are retried after a preview, exactly those, and each is audited")
  void bulkRetry() {
    String automation = automation("{\"parallel\": 1000}");
    List<String> failed = List.of(failed(automation), failed(automation), failed(automation));
    String open = begun(automation);
    String body =
        "{\"action\": \"retry\", \"filter\": {\"workflow_id\": \"%s\"}, \"reason\": \"mended\""
            .formatted(automation);
    Answer preview = bulk(body + "}");
    assertThat(preview.status()).as("%s", preview).isEqualTo(200);
    assertThat(preview.json().path("count").asInt()).isEqualTo(3);
    assertThat(preview.json().at("/left_out/0/examples/0").asText()).isEqualTo(open);
    assertThat(preview.text("/left_out/0/reason")).contains("RUNNING");
    String more = failed(automation);
    Answer changed = bulk(body + ", \"token\": \"" + preview.text("/token") + "\"}");
    assertProblem(changed, 409);
    String token = bulk(body + "}").text("/token");
    Answer begun = bulk(body + ", \"token\": \"" + token + "\"}");
    assertThat(begun.status()).as("%s", begun).isEqualTo(202);
    String address = begun.text("/links/self");
    Fixtures.carryOut(api, begun.text("/id"));
    JsonNode done = api.as("cfo", "GET", address).send().json();
    assertThat(done.path("done").asInt()).isEqualTo(4);
    assertThat(done.path("refused").asInt()).isZero();
    List<String> all = new ArrayList<>(failed);
    all.add(more);
    for (String id : all) {
      assertThat(api.as("operator", "GET", "/admin/executions/" + id).send().text("/status"))
          .isEqualTo("PENDING");
      assertThat(audited("execution.retry", id)).isEqualTo(1);
    }
    assertThat(audited("execution.bulk", begun.text("/id"))).isEqualTo(1);
    Answer again = bulk(body + ", \"token\": \"" + token + "\"}");
    assertProblem(again, 409);
    assertThat(again.text("/detail")).contains(begun.text("/id"));
  }

  private long audited(String action, String subject) {
    return api.database
        .as("control_owner")
        .read(
            handle ->
                handle
                    .select(
                        "SELECT count(*) FROM control.audit_log WHERE action = ? AND subject_id = ?",
                        action,
                        subject)
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  @DisplayName("AU-13 SE-4: a bulk operation says what is wrong with it")
  void bulkRefused() {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "/action", "{\"action\": \"undo\", \"filter\": {}, \"reason\": \"r\"}",
                "/filter", "{\"action\": \"retry\", \"reason\": \"r\"}",
                "/reason", "{\"action\": \"retry\", \"filter\": {}}",
                "/execution_ids",
                    "{\"action\": \"retry\", \"execution_ids\": [], \"reason\": \"r\"}",
                "/filter/waits_for",
                    "{\"action\": \"retry\", \"filter\": {\"waits_for\": \"x\"}, \"reason\": \"r\"}",
                "/filter/status",
                    "{\"action\": \"retry\", \"filter\": {\"status\": \"x\"}, \"reason\": \"r\"}")
            .entrySet()) {
      Answer answer = bulk(wrong.getValue());
      assertProblem(answer, 422);
      assertThat(answer.text("/errors/0/field")).isEqualTo(wrong.getKey());
    }
    Answer nothing =
        bulk(
            "{\"action\": \"retry\", \"execution_ids\": [\"%s\"], \"reason\": \"r\"}"
                .formatted(UUID.randomUUID()));
    assertThat(nothing.json().path("count").asInt()).isZero();
    assertProblem(
        bulk(
            "{\"action\": \"retry\", \"execution_ids\": [\"%s\"], \"reason\": \"r\", \"token\": \"%s\"}"
                .formatted(UUID.randomUUID(), nothing.text("/token"))),
        409);
  }
}
