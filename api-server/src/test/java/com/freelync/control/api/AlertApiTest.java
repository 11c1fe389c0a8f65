package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AlertApiTest {
  private static final String RULES = "/admin/alert-rules/";
  private final TestApi api = TestApi.running();

  private Answer move(String id, String word, String body) {
    return api.as("devops", "POST", "/admin/alerts/" + id + "/" + word).json(body).send();
  }

  private Answer change(String rule, String body) {
    return api.as("devops", "PATCH", RULES + rule).json(body).send();
  }

  private static List<String> fields(Answer answer) {
    assertProblem(answer, 422);
    return answer.json().path("errors").findValuesAsText("field");
  }

  @Test
  @DisplayName("OB-2: an alert is seen, acknowledged, silenced and resolved, and says by whom")
  void moves() {
    String id = Fixtures.alert(api);
    Answer fired = api.as("executive", "GET", "/admin/alerts/" + id).send();
    assertThat(fired.status()).isEqualTo(200);
    assertThat(fired.text("/state")).isEqualTo("FIRING");
    assertThat(fired.text("/severity")).isEqualTo("high");
    assertThat(fired.text("/links/self")).isEqualTo("/admin/alerts/" + id);
    String inbox = api.as("cto", "GET", "/me/inbox?limit=200").send().body();
    assertThat(inbox).contains("/admin/alerts/" + id);

    Answer taken = move(id, "acknowledge", "{\"comment\": \"I look\"}");
    assertThat(taken.status()).as("%s", taken).isEqualTo(200);
    assertThat(taken.text("/state")).isEqualTo("ACKNOWLEDGED");
    assertThat(taken.text("/acknowledged_by")).isEqualTo("devops");
    Instant until = Instant.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MICROS);
    Answer silent =
        move(id, "silence", "{\"until\": \"" + until + "\", \"reason\": \"a migration\"}");
    assertThat(silent.text("/state")).isEqualTo("SILENCED");
    assertThat(Instant.parse(silent.text("/silenced_until"))).isEqualTo(until);
    assertThat(silent.text("/reason")).isEqualTo("a migration");
    Answer over = move(id, "resolve", "{\"reason\": \"mended\"}");
    assertThat(over.text("/state")).isEqualTo("RESOLVED");
    assertThat(over.text("/resolved_by")).isEqualTo("devops");
  }

  @Test
  @DisplayName("OB-2 SE-3: an illegal move is 409 with what is legal, and is recorded")
  void illegalMoves() {
    String id = Fixtures.alert(api);
    move(id, "acknowledge", "{}");
    Answer twice = move(id, "acknowledge", "{}");
    assertProblem(twice, 409);
    assertThat(twice.json().path("allowed").toString()).isEqualTo("[\"SILENCED\",\"RESOLVED\"]");
    move(id, "resolve", "{\"reason\": \"mended\"}");
    Answer late = move(id, "silence", "{\"duration\": \"PT1H\", \"reason\": \"late\"}");
    assertProblem(late, 409);
    assertThat(late.json().path("allowed").toString()).isEqualTo("[]");
    assertThat(api.refusal("devops", "/admin/alerts/" + id + "/silence"))
        .hasValueSatisfying(reason -> assertThat(reason).contains("RESOLVED"));
  }

  @Test
  @DisplayName("OB-2 SE-4: a silence has a reason and one end, later than now and within 30 days")
  void badSilences() {
    String id = Fixtures.alert(api);
    String reason = ", \"reason\": \"r\"}";
    Instant now = Instant.now();
    assertThat(fields(move(id, "silence", "{}"))).containsExactly("/reason");
    assertThat(fields(move(id, "silence", "{\"reason\": \"r\"}"))).containsExactly("/until");
    assertThat(fields(move(id, "silence", "{\"until\": \"tomorrow\", \"duration\": \"4h\"}")))
        .containsExactlyInAnyOrder("/until", "/duration", "/reason");
    for (Instant wrong : List.of(now.minusSeconds(60), now.plus(Duration.ofDays(31)))) {
      assertThat(fields(move(id, "silence", "{\"until\": \"" + wrong + "\"" + reason)))
          .containsExactly("/until");
    }
    for (String wrong : List.of("PT0S", "-PT1H", "P31D", "PT999999999H")) {
      assertThat(fields(move(id, "silence", "{\"duration\": \"" + wrong + "\"" + reason)))
          .containsExactly("/duration");
    }
    assertThat(
            fields(
                move(
                    id,
                    "silence",
                    "{\"duration\": \"PT1H\", \"until\": \""
                        + now.plusSeconds(60)
                        + "\""
                        + reason)))
        .containsExactly("/until");
    assertThat(api.as("devops", "GET", "/admin/alerts/" + id).send().text("/state"))
        .isEqualTo("FIRING");
  }

  @Test
  @DisplayName("OB-2 SE-7: alerts are filtered and paged, and an entity tag saves a repeated read")
  void lists() {
    List<String> mine = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      mine.addFirst(Fixtures.alert(api));
    }
    String filter = "/admin/alerts?rule=analytics.calculation_failed&severity=high&state=FIRING";
    Answer first = api.as("analyst", "GET", filter + "&limit=2").send();
    assertThat(first.json().path("items").findValuesAsText("id"))
        .containsExactly(mine.get(0), mine.get(1));
    Answer second =
        api.as("analyst", "GET", filter + "&limit=1&cursor=" + first.text("/next_cursor")).send();
    assertThat(second.text("/items/0/id")).isEqualTo(mine.get(2));
    JsonNode none = api.as("ceo", "GET", "/admin/alerts?rule=no.such_rule").send().json();
    assertThat(none.path("items")).isEmpty();

    String path = "/admin/alerts/" + mine.get(0);
    String tag = api.as("operator", "GET", path).send().header("ETag").orElseThrow();
    Call again = api.as("operator", "GET", path).header("If-None-Match", tag);
    assertThat(again.send().status()).isEqualTo(304);
    move(mine.get(0), "acknowledge", "{}");
    assertThat(again.send().status()).isEqualTo(200);
  }

  @Test
  @DisplayName("OB-2 SE-7: a rule is changed by who manages alerts; a stale change is 412")
  void changesRules() {
    String rule = "analytics.mismatch";
    Answer before = api.as("admin", "GET", RULES + rule).send();
    assertThat(before.json().path("signal").isNull()).isTrue();
    String tag = before.header("ETag").orElseThrow();
    Call change =
        api.as("devops", "PATCH", RULES + rule)
            .header("If-Match", tag)
            .json("{\"roles\": [\"CTO\", \"ADMIN\"], \"channels\": [\"in_app\"]}");
    Answer changed = change.send();
    assertThat(changed.status()).as("%s", changed).isEqualTo(200);
    assertThat(changed.json().path("roles").toString()).isEqualTo("[\"CTO\",\"ADMIN\"]");
    assertThat(changed.text("/severity")).isEqualTo("critical");
    assertProblem(change.send(), 412);
    JsonNode audit =
        api.as("devops", "GET", "/admin/audit?action=alert_rule.change&subject_id=" + rule)
            .send()
            .json();
    assertThat(audit.at("/items/0/details/before/roles").toString())
        .isEqualTo("[\"CTO\",\"DEVOPS\"]");
    assertProblem(api.as("cto", "PATCH", RULES + rule).json("{\"enabled\": false}").send(), 403);
    assertProblem(change("no.such_rule", "{\"enabled\": false}"), 404);
  }

  @Test
  @DisplayName("OB-2 SE-4: a wrong rule is 422 and names every field")
  void badRules() {
    String measured = "automation.high_failure_rate";
    assertThat(
            fields(
                change(
                    measured,
                    "{\"severity\": \"HIGH\", \"roles\": [\"NOBODY\", \"no role\"], \"threshold\": -1,"
                        + " \"window\": \"PT1S\", \"minimum_sample\": 0, \"channels\": [\"sms\"]}")))
        .containsExactlyInAnyOrder(
            "/severity",
            "/roles/0",
            "/roles/1",
            "/threshold",
            "/window",
            "/minimum_sample",
            "/channels");
    assertThat(fields(change(measured, "{\"roles\": [\"CTO\", null], \"channels\": [null]}")))
        .containsExactlyInAnyOrder("/roles/1", "/channels/0");
    assertThat(
            fields(
                change(
                    measured,
                    "{\"severity\": 1, \"window\": \"an hour\", \"enabled\": \"no\", \"name\": \"x\"}")))
        .containsExactlyInAnyOrder("/severity", "/window", "/enabled", "/name");
    assertThat(fields(change(measured, "{}"))).containsExactly("");
    assertThat(fields(change("config.high_risk_change", "{\"threshold\": 1}")))
        .containsExactly("/threshold");
    assertThat(fields(change(measured, "{\"threshold\": 1e999999999}"))).contains("/threshold");
  }
}
