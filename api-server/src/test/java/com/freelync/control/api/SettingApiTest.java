package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static com.freelync.control.api.SettingCalls.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The life of a setting over HTTP; the sample values hold, and Temporal is away meanwhile. */
class SettingApiTest {
  private final TestApi api = TestApi.running();
  private final SettingCalls settings = new SettingCalls(api);

  @Test
  @DisplayName(
      "CF-1 CF-4 CF-8 CF-10: the commission is changed, approved, holds at once, and is taken back in one call")
  void theSpecificationsExample() {
    String key = "commission.tier1.rate";
    JsonNode before = settings.read(key).json();
    Answer made =
        settings.create(
            """
            {"key": "commission.tier1.rate", "value": {"rate": 3.0}, "submit": true,
             "change_reason": "Keep small sellers"}
            """);
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    String id = made.text("/id");
    int version = made.json().path("version").asInt();
    assertThat(made.header("Location")).hasValueSatisfying(at -> assertThat(at).endsWith(id));
    assertThat(made.header("RateLimit-Remaining")).isPresent();
    assertThat(made.text("/status")).isEqualTo("PENDING");
    assertThat(made.text("/risk_level")).isIn("high", "critical");
    assertThat(made.json().path("impact").properties())
        .extracting(java.util.Map.Entry::getKey)
        .contains("affected_users", "affected_transactions", "financial_impact");
    assertThat(made.json().path("open_slots").toString()).isEqualTo("[[\"CEO\",\"CFO\"]]");
    assertThat(made.body()).contains("\"rate\":3.0");

    Answer approved = settings.move("cfo", id, "approve", "{\"comment\": \"Agreed.\"}");
    assertThat(approved.text("/status")).isEqualTo("APPROVED");
    assertThat(approved.text("/approvals/0/by")).isEqualTo("cfo");
    assertThat(approved.text("/approvals/0/comment")).isEqualTo("Agreed.");
    assertThat(approved.json().path("open_slots")).isEmpty();
    Instant old = Instant.now();
    Answer active = settings.move("admin", id, "activate", "{}");
    assertThat(active.text("/status")).isEqualTo("ACTIVE");
    settings.awaitVersion(key, version);
    Answer now = settings.read(key);
    assertThat(now.body()).contains("\"value\":{\"rate\":3.0}");
    Call again =
        api.as("marketplace", "GET", "/config/" + key)
            .header("If-None-Match", now.header("ETag").orElseThrow());
    assertThat(again.send().status()).isEqualTo(304);
    assertThat(api.as("marketplace", "GET", "/config/" + key + "?at=" + old).send().json())
        .isEqualTo(before);
    JsonNode admins = api.as("cfo", "GET", CONFIG + "/" + key).send().json();
    assertThat(admins.at("/active/id").asText()).isEqualTo(id);

    Answer back = settings.move("admin", id, "rollback", "{\"reason\": \"Revenue fell\"}");
    assertThat(back.text("/status")).isEqualTo("ACTIVE");
    assertThat(back.json().path("version").asInt()).isEqualTo(version + 1);
    assertThat(back.json().path("restores")).isEqualTo(before.path("version"));
    settings.awaitVersion(key, version + 1);
    assertThat(settings.read(key).json().path("value")).isEqualTo(before.path("value"));
    assertThat(again.send().status()).isEqualTo(200);
    assertThat(settings.version(id).text("/status")).isEqualTo("ROLLED_BACK");
    Answer history = api.as("admin", "GET", CONFIG + "/" + id + "/history").send();
    assertThat(history.json().path("items").findValuesAsText("action"))
        .startsWith("ACTIVATED")
        .contains("CREATED", "SUBMITTED", "APPROVED", "ROLLED_BACK");
  }

  @Test
  @DisplayName("CF-1: an illegal move is 409 and says what is allowed")
  void illegalMoves() {
    String id = Fixtures.setting(api);
    Answer early = api.as("admin", "POST", CONFIG + "/" + id + "/activate").send();
    assertProblem(early, 409);
    assertThat(early.json().path("allowed").toString())
        .isEqualTo("[\"edit\",\"submit\",\"cancel\"]");
    settings.move("admin", id, "cancel", "{\"reason\": \"not needed\"}");
    Answer late = api.as("admin", "PATCH", CONFIG + "/" + id).json("{\"value\": 3.1}").send();
    assertProblem(late, 409);
    assertThat(late.json().path("allowed").toString()).isEqualTo("[]");
    assertProblem(api.as("cfo", "POST", CONFIG + "/" + id + "/approve").json("{}").send(), 409);
  }

  @Test
  @DisplayName("CF-3 SE-7: of the ACTIVE version PATCH makes the next one; a stale If-Match is 412")
  void edits() {
    String key = settings.holding("3");
    Answer active = api.as("admin", "GET", CONFIG + "/" + key).send();
    String id = active.text("/active/id");
    Answer next =
        api.as("admin", "PATCH", CONFIG + "/" + id)
            .header("If-Match", settings.version(id).header("ETag").orElseThrow())
            .json("{\"value\": 4, \"change_reason\": \"more\"}")
            .send();
    assertThat(next.status()).as("%s", next).isEqualTo(201);
    assertThat(next.json().path("version").asInt()).isEqualTo(2);
    assertThat(next.text("/status")).isEqualTo("DRAFT");
    assertThat(next.text("/id")).isNotEqualTo(id);
    assertThat(next.header("Location"))
        .hasValueSatisfying(at -> assertThat(at).endsWith(next.text("/links/self")));

    Call change =
        api.as("admin", "PATCH", CONFIG + "/" + next.text("/id"))
            .header("If-Match", next.header("ETag").orElseThrow())
            .json("{\"value\": 5}");
    Answer edited = change.send();
    assertThat(edited.status()).as("%s", edited).isEqualTo(200);
    assertThat(edited.text("/id")).isEqualTo(next.text("/id"));
    assertThat(edited.json().at("/value/size").asInt()).isEqualTo(5);
    assertThat(edited.text("/change_reason")).isEqualTo("more");
    assertProblem(change.send(), 412);
  }

  @Test
  @DisplayName("CF-3: what is said to a move is recorded; without a body it is made too")
  void words() {
    String id = Fixtures.setting(api);
    Answer wrong =
        api.as("admin", "POST", CONFIG + "/" + id + "/submit").json("{\"why\": 1}").send();
    assertProblem(wrong, 422);
    assertThat(wrong.text("/errors/0/field")).isEqualTo("/why");
    settings.move("admin", id, "submit", "{\"comment\": \"as we said\"}");
    settings.move("ceo", id, "approve", "{}");
    Answer active = api.as("admin", "POST", CONFIG + "/" + id + "/activate").send();
    assertThat(active.text("/status")).as("%s", active).isEqualTo("ACTIVE");
    JsonNode history =
        api.as("ceo", "GET", CONFIG + "/" + id + "/history?limit=200").send().json().path("items");
    assertThat(history.findValuesAsText("comment")).contains("as we said");
    settings.move("admin", id, "rollback", "{\"reason\": \"a test\"}");
  }

  @Test
  @DisplayName("CF-7: in a freeze nothing is activated but rollbacks; it is cancelled once")
  void freezes() {
    String key = settings.holding("1");
    String held = settings.make(key, "2");
    Answer next =
        settings.create(
            "{\"key\": \"%s\", \"value\": 3, \"submit\": true, \"change_reason\": \"r\"}"
                .formatted(key));
    Instant now = Instant.now();
    Answer freeze =
        api.as("admin", "POST", "/admin/freeze-windows")
            .json(
                "{\"begins_at\": \"%s\", \"ends_at\": \"%s\", \"reason\": \"Genna\"}"
                    .formatted(now.minusSeconds(60), now.plusSeconds(600)))
            .send();
    assertThat(freeze.status()).as("%s", freeze).isEqualTo(201);
    String cancel = "/admin/freeze-windows/" + freeze.text("/id") + "/cancel";
    try {
      assertThat(settings.version(next.text("/id")).text("/held_until"))
          .isEqualTo(freeze.text("/ends_at"));
      Answer frozen = api.as("admin", "POST", CONFIG + "/" + next.text("/id") + "/activate").send();
      assertProblem(frozen, 409);
      assertThat(frozen.text("/detail")).contains("Genna");
      assertThat(settings.move("admin", held, "rollback", "{\"reason\": \"r\"}").text("/status"))
          .isEqualTo("ACTIVE");
    } finally {
      Answer over = api.as("admin", "POST", cancel).json("{\"reason\": \"it is over\"}").send();
      assertThat(over.text("/cancelled_by")).as("%s", over).isEqualTo("admin");
    }
    assertProblem(api.as("admin", "POST", cancel).json("{\"reason\": \"again\"}").send(), 409);
  }

  @Test
  @DisplayName("CF-9: a guard is answered as it was asked, with what came of it")
  void guards() {
    Answer made =
        settings.create(
            """
            {"key": "commission.tier2.rate", "value": 2.9, "change_reason": "r",
             "guard": {"metric": "payment_failure_rate", "max_drop_percent": 50, "window": "PT1H"}}
            """);
    assertThat(made.text("/guard/metric")).as("%s", made).isEqualTo("payment_failure_rate");
    assertThat(made.json().at("/guard/max_drop_percent").asInt()).isEqualTo(50);
    assertThat(made.json().at("/guard/minimum_sample").asInt()).isEqualTo(30);
    assertThat(made.json().at("/guard/outcome").isNull()).isTrue();
    Answer without =
        api.as("admin", "PATCH", CONFIG + "/" + made.text("/id")).json("{\"guard\": null}").send();
    assertThat(without.json().path("guard").isNull()).isTrue();
  }
}
