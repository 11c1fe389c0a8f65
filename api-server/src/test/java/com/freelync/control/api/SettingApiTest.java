package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Settings over HTTP; the sample values hold, and Temporal is away meanwhile. */
class SettingApiTest {
  private static final String CONFIG = "/admin/config";
  private static final String SECRET = "sk_live_ABCDEFGHIJKLMNOPQRSTUVWXYZ987654";
  private final TestApi api = TestApi.running();

  private Answer create(String body) {
    return api.as("admin", "POST", CONFIG).json(body).send();
  }

  /** A key of this test's own, with a version 1 that holds. */
  private String holding(String value) {
    String key = "test.k" + UUID.randomUUID().toString().substring(0, 8) + ".size";
    make(key, value);
    return key;
  }

  /** Another version, that holds at once. */
  private String make(String key, String value) {
    Answer made =
        create(
            "{\"key\": \"%s\", \"category\": \"FEATURE_FLAG\", \"value\": %s, \"submit\": true, \"change_reason\": \"a test\"}"
                .formatted(key, value));
    assertThat(made.text("/status")).as("%s", made).isEqualTo("APPROVED");
    return move("admin", made.text("/id"), "activate", "{}").text("/id");
  }

  private Answer move(String person, String id, String move, String body) {
    Answer moved = api.as(person, "POST", CONFIG + "/" + id + "/" + move).json(body).send();
    assertThat(moved.status()).as("%s", moved).isEqualTo(200);
    return moved;
  }

  private Answer version(String id) {
    return api.as("cfo", "GET", CONFIG + "/versions/" + id).send();
  }

  private Answer read(String key) {
    return api.as("marketplace", "GET", "/config/" + key).send();
  }

  private void awaitVersion(String key, int version) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(
            () -> assertThat(read(key).json().path("version").asInt()).isEqualTo(version));
  }

  @Test
  @DisplayName(
      "CF-1 CF-4 CF-8 CF-10: the commission is changed, approved, holds at once, and is taken back in one call")
  void theSpecificationsExample() {
    String key = "commission.tier1.rate";
    JsonNode before = read(key).json();
    Answer made =
        create(
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

    Answer approved = move("cfo", id, "approve", "{\"comment\": \"Agreed.\"}");
    assertThat(approved.text("/status")).isEqualTo("APPROVED");
    assertThat(approved.text("/approvals/0/by")).isEqualTo("cfo");
    assertThat(approved.text("/approvals/0/comment")).isEqualTo("Agreed.");
    assertThat(approved.json().path("open_slots")).isEmpty();
    Instant old = Instant.now();
    Answer active = move("admin", id, "activate", "{}");
    assertThat(active.text("/status")).isEqualTo("ACTIVE");
    awaitVersion(key, version);
    Answer now = read(key);
    assertThat(now.body()).contains("\"value\":{\"rate\":3.0}");
    Call again =
        api.as("marketplace", "GET", "/config/" + key)
            .header("If-None-Match", now.header("ETag").orElseThrow());
    assertThat(again.send().status()).isEqualTo(304);
    assertThat(api.as("marketplace", "GET", "/config/" + key + "?at=" + old).send().json())
        .isEqualTo(before);
    JsonNode admins = api.as("cfo", "GET", CONFIG + "/" + key).send().json();
    assertThat(admins.at("/active/id").asText()).isEqualTo(id);

    Answer back = move("admin", id, "rollback", "{\"reason\": \"Revenue fell\"}");
    assertThat(back.text("/status")).isEqualTo("ACTIVE");
    assertThat(back.json().path("version").asInt()).isEqualTo(version + 1);
    assertThat(back.json().path("restores")).isEqualTo(before.path("version"));
    awaitVersion(key, version + 1);
    assertThat(read(key).json().path("value")).isEqualTo(before.path("value"));
    assertThat(again.send().status()).isEqualTo(200);
    assertThat(version(id).text("/status")).isEqualTo("ROLLED_BACK");
    Answer history = api.as("admin", "GET", CONFIG + "/" + id + "/history").send();
    assertThat(history.json().path("items").findValuesAsText("action"))
        .startsWith("ACTIVATED")
        .contains("CREATED", "SUBMITTED", "APPROVED", "ROLLED_BACK");
  }

  @Test
  @DisplayName("CF-2 SE-2: founder holds every role and approves nothing of their own")
  void fourEyes() {
    String mine =
        "{\"key\": \"commission.tier3.rate\", \"value\": 1.5, \"submit\": true, \"change_reason\": \"mine\"}";
    String id = api.as("founder", "POST", CONFIG).json(mine).send().text("/id");
    Answer own = api.as("founder", "POST", CONFIG + "/" + id + "/approve").json("{}").send();
    assertProblem(own, 403);
    assertThat(own.text("/detail")).contains("own");
    assertThat(version(id).text("/status")).isEqualTo("PENDING");
    assertProblem(api.as("cto", "POST", CONFIG + "/" + id + "/approve").json("{}").send(), 403);
    assertThat(move("ceo", id, "reject", "{\"comment\": \"no\"}").text("/status"))
        .isEqualTo("REJECTED");
  }

  @Test
  @DisplayName("CF-1: an illegal move is 409 and says what is allowed")
  void illegalMoves() {
    String id = Fixtures.setting(api);
    Answer early = api.as("admin", "POST", CONFIG + "/" + id + "/activate").send();
    assertProblem(early, 409);
    assertThat(early.json().path("allowed").toString())
        .isEqualTo("[\"edit\",\"submit\",\"cancel\"]");
    move("admin", id, "cancel", "{\"reason\": \"not needed\"}");
    Answer late = api.as("admin", "PATCH", CONFIG + "/" + id).json("{\"value\": 3.1}").send();
    assertProblem(late, 409);
    assertThat(late.json().path("allowed").toString()).isEqualTo("[]");
    assertProblem(api.as("cfo", "POST", CONFIG + "/" + id + "/approve").json("{}").send(), 409);
  }

  @Test
  @DisplayName("CF-3 SE-7: of the ACTIVE version PATCH makes the next one; a stale If-Match is 412")
  void edits() {
    String key = holding("3");
    Answer active = api.as("admin", "GET", CONFIG + "/" + key).send();
    String id = active.text("/active/id");
    Answer next =
        api.as("admin", "PATCH", CONFIG + "/" + id)
            .header("If-Match", version(id).header("ETag").orElseThrow())
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
  @DisplayName("CF-3 SE-7: what people say of a version, and its rule, are another state to ETag")
  void entityTags() {
    String id =
        create(
                """
                {"key": "payment.gateway.timeout_seconds", "value": 40, "submit": true,
                 "change_reason": "a slow bank"}
                """)
            .text("/id");
    String path = CONFIG + "/payment.gateway.timeout_seconds";
    String ofVersion = version(id).header("ETag").orElseThrow();
    String ofSetting = api.as("cto", "GET", path).send().header("ETag").orElseThrow();
    Call version =
        api.as("cto", "GET", CONFIG + "/versions/" + id).header("If-None-Match", ofVersion);
    Call setting = api.as("cto", "GET", path).header("If-None-Match", ofSetting);
    assertThat(version.send().status()).isEqualTo(304);
    assertThat(setting.send().status()).isEqualTo(304);

    Answer half = move("cto", id, "approve", "{}");
    assertThat(half.text("/status")).isEqualTo("PENDING");
    assertThat(half.json().path("open_slots").toString()).isEqualTo("[[\"CFO\"]]");
    assertThat(version.send().status()).isEqualTo(200);
    assertThat(setting.send().status()).isEqualTo(200);
    // Who has not seen the approval would withdraw it unawares.
    assertProblem(
        api.as("admin", "PATCH", CONFIG + "/" + id)
            .header("If-Match", ofVersion)
            .json("{\"value\": 50}")
            .send(),
        412);
    Answer edited = api.as("admin", "PATCH", CONFIG + "/" + id).json("{\"value\": 50}").send();
    assertThat(edited.json().path("approvals")).isEmpty();
    assertThat(edited.text("/withdrawn/0/by")).isEqualTo("cto");
    move("cfo", id, "reject", "{\"comment\": \"later\"}");
  }

  @Test
  @DisplayName("CF-5: another rule goes through the gate, changes the ETag, and is kept to")
  void rules() {
    String key = holding("3");
    String rules = "/admin/config-rules/keys/" + key;
    String tag = api.as("cto", "GET", CONFIG + "/" + key).send().header("ETag").orElseThrow();
    Answer asked =
        api.as("admin", "PUT", rules)
            .json(
                "{\"rule\": {\"type\": \"number\", \"max\": 4}, \"change_reason\": \"it is enough\"}")
            .send();
    assertThat(asked.status()).as("%s", asked).isEqualTo(200);
    assertThat(asked.text("/key")).isEqualTo("rules.key." + key);
    // Flags ask nobody, their rules somebody.
    assertThat(asked.json().path("open_slots").toString()).isEqualTo("[[\"CEO\",\"CFO\",\"CTO\"]]");
    assertThat(move("cto", asked.text("/id"), "approve", "{}").text("/status")).isEqualTo("ACTIVE");
    Answer rule = api.as("cfo", "GET", rules).send();
    assertThat(rule.json().at("/rule/max").asInt()).isEqualTo(4);
    assertThat(rule.text("/active/id")).isEqualTo(asked.text("/id"));
    assertThat(
            api.as("cto", "GET", CONFIG + "/" + key).header("If-None-Match", tag).send().status())
        .isEqualTo(200);
    Answer more =
        create("{\"key\": \"%s\", \"value\": 5, \"change_reason\": \"more\"}".formatted(key));
    assertProblem(more, 422);
    assertThat(more.text("/errors/0/field")).isEqualTo("/value");
    assertProblem(api.as("admin", "PUT", "/admin/config-rules/keys/Rate").json("{}").send(), 422);
    assertProblem(
        api.as("admin", "PUT", "/admin/config-rules/keys/Rate")
            .json("{\"rule\": {\"type\": \"number\"}, \"change_reason\": \"r\"}")
            .send(),
        404);
  }

  @Test
  @DisplayName("CF-2: who asks for a weaker rule of approval satisfies the old one too")
  void rulesOfCategories() {
    String path = "/admin/config-rules/categories/INTEGRATION";
    Answer asked =
        api.as("admin", "PUT", path)
            .json("{\"rule\": {\"slots\": []}, \"change_reason\": \"faster\"}")
            .send();
    assertThat(asked.text("/status")).as("%s", asked).isEqualTo("PENDING");
    assertThat(asked.json().path("open_slots").toString())
        .isEqualTo("[[\"CTO\"],[\"CEO\",\"CFO\",\"CTO\"]]");
    Answer rule = api.as("cfo", "GET", path).send();
    assertThat(rule.json().at("/rule/slots").toString()).isEqualTo("[[\"CTO\"]]");
    assertThat(rule.text("/upcoming/0/id")).isEqualTo(asked.text("/id"));
    move("cto", asked.text("/id"), "reject", "{\"comment\": \"later\"}");
  }

  @Test
  @DisplayName("SE-7: the same Idempotency-Key makes one version, and counts once")
  void replays() {
    String key = holding("1");
    Call call =
        api.as("admin", "POST", CONFIG)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .json("{\"key\": \"%s\", \"value\": 2, \"change_reason\": \"r\"}".formatted(key));
    Answer first = call.send();
    Answer again = call.send();
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    JsonNode versions =
        api.as("cfo", "GET", CONFIG + "/versions?status=DRAFT&key=" + key).send().json();
    assertThat(versions.path("items")).hasSize(1);
  }

  @Test
  @DisplayName(
      "CF-6 SE-7: a secret is masked everywhere but to who reveals it, is recorded and never replayed")
  void secrets() {
    Answer made =
        create(
            "{\"key\": \"payment.gateway.api_key\", \"value\": \"%s\", \"submit\": true, \"change_reason\": \"new\"}"
                .formatted(SECRET));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    String id = made.text("/id");
    assertThat(made.text("/value/api_key")).isEqualTo("••••••••");
    String key = UUID.randomUUID().toString();
    Call reveal =
        api.as("cto", "POST", CONFIG + "/" + id + "/reveal")
            .header("Idempotency-Key", key)
            .json("{\"reason\": \"to set up the gateway\"}");
    for (int i = 0; i < 2; i++) {
      Answer clear = reveal.send();
      assertThat(clear.text("/value/api_key")).as("%s", clear.status()).isEqualTo(SECRET);
      assertThat(clear.header("Cache-Control")).hasValue("no-store");
      assertThat(clear.header("Idempotency-Replayed")).isEmpty();
    }
    assertProblem(
        api.as("founder", "POST", CONFIG + "/" + id + "/reveal").json("{\"reason\": \"r\"}").send(),
        403);
    move("cto", id, "approve", "{}");
    move("cfo", id, "approve", "{}");
    move("admin", id, "activate", "{}");
    await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> read("payment.gateway.api_key").status() == 200);
    for (Call call :
        List.of(
            api.as("cto", "GET", CONFIG + "/versions/" + id),
            api.as("cto", "GET", CONFIG + "/payment.gateway.api_key"),
            api.as("cto", "GET", CONFIG + "/versions?key=payment.gateway.api_key"),
            api.as("cto", "GET", CONFIG + "/" + id + "/history"),
            api.as("cto", "GET", CONFIG + "/" + id + "/impact"),
            api.as("cto", "GET", CONFIG + "?category=PAYMENT_GATEWAY"),
            api.as("cto", "GET", "/admin/approvals"),
            api.as("cto", "GET", "/me/inbox?limit=200"),
            api.as("marketplace", "GET", "/config/payment.gateway.api_key"),
            api.as("marketplace", "GET", "/config"),
            api.as("marketplace", "GET", "/config/stream"),
            api.as("cto", "GET", "/admin/audit?limit=200"))) {
      Answer answer = call.send();
      assertThat(answer.status()).as(call.path()).isEqualTo(200);
      assertThat(answer.body()).as(call.path()).doesNotContain(SECRET.substring(8));
    }
    Answer audit = api.as("cto", "GET", "/admin/audit?action=config.reveal&limit=1").send();
    assertThat(audit.text("/items/0/actor")).isEqualTo("cto");
    assertThat(audit.text("/items/0/reason")).isEqualTo("to set up the gateway");
    assertProblem(
        api.as("cto", "POST", CONFIG + "/" + Fixtures.setting(api) + "/reveal")
            .json("{\"reason\": \"r\"}")
            .send(),
        409);
  }

  @Test
  @DisplayName(
      "CF limit: the 11th change in an hour is 429 with what is left; what people decide counts for nobody")
  void limit() {
    String person = "busy-" + UUID.randomUUID();
    String token = api.issuer.token("founder", claims -> claims.subject(person));
    String id = "";
    for (int i = 0; i < 10; i++) {
      Answer refused =
          api.anonymous("POST", CONFIG)
              .token(token)
              .json("{\"key\": \"commission.tier2.rate\", \"value\": 11, \"change_reason\": \"r\"}")
              .send();
      assertProblem(refused, 422);
      Answer made =
          api.anonymous("POST", CONFIG)
              .token(token)
              .json(
                  "{\"key\": \"commission.tier2.rate\", \"value\": 2.5, \"submit\": true, \"change_reason\": \"r\"}")
              .send();
      assertThat(made.status()).as("%s", made).isEqualTo(201);
      assertThat(made.header("RateLimit-Policy")).hasValue("\"config-changes\";q=10;w=3600");
      assertThat(made.header("RateLimit-Remaining")).hasValue(String.valueOf(9 - i));
      id = made.text("/id");
    }
    for (Call call :
        List.of(
            api.anonymous("POST", CONFIG)
                .json(
                    "{\"key\": \"commission.tier2.rate\", \"value\": 2, \"change_reason\": \"r\"}"),
            api.anonymous("PATCH", CONFIG + "/" + id).json("{\"value\": 2}"),
            api.anonymous("PUT", "/admin/config-rules/keys/commission.tier2.rate")
                .json("{\"rule\": {\"type\": \"number\"}, \"change_reason\": \"r\"}"))) {
      Answer full = call.token(token).send();
      assertProblem(full, 429);
      assertThat(Integer.parseInt(full.header("Retry-After").orElseThrow())).isBetween(1, 3_600);
      assertThat(full.header("RateLimit-Remaining")).hasValue("0");
      assertThat(full.header("RateLimit")).isPresent();
    }
    Answer decided = api.counted("cfo", "POST", CONFIG + "/" + id + "/approve").json("{}").send();
    assertThat(decided.text("/status")).isEqualTo("APPROVED");
    Answer full = api.anonymous("POST", CONFIG + "/" + id + "/activate").token(token).send();
    assertProblem(full, 429);
    Answer decides =
        api.anonymous("POST", CONFIG + "/" + Fixtures.submitted(api) + "/reject")
            .token(token)
            .json("{\"comment\": \"later\"}")
            .send();
    assertThat(decides.status()).as("%s", decides).isEqualTo(200);
    assertThat(
            api.anonymous("POST", CONFIG + "/" + id + "/cancel")
                .token(token)
                .send()
                .text("/status"))
        .isEqualTo("CANCELLED");
  }

  @Test
  @DisplayName("CF-2 SE-2: what waits for the cfo is among their approvals, with a link that works")
  void approvals() {
    String id = Fixtures.submitted(api);
    JsonNode mine =
        api.as("cfo", "GET", "/admin/approvals?mine=true&limit=200").send().json().path("items");
    JsonNode asked = null;
    for (JsonNode one : mine) {
      if (one.at("/subject/id").asText().equals(id)) {
        asked = one;
      }
    }
    assertThat(asked).as("%s", mine).isNotNull();
    assertThat(asked.at("/subject/type").asText()).isEqualTo("configuration");
    assertThat(asked.path("title").asText()).contains("commission.tier2.rate");
    Answer linked = api.as("cfo", "GET", asked.at("/links/self").asText()).send();
    assertThat(linked.status()).as("%s", linked).isEqualTo(200);
    assertThat(linked.text("/id")).isEqualTo(id);
    assertThat(linked.text("/content_hash")).isEqualTo(asked.path("content_hash").asText());
    move("cfo", id, "reject", "{\"comment\": \"later\"}");
  }

  @Test
  @DisplayName("CF-3: what is said to a move is recorded; without a body it is made too")
  void words() {
    String id = Fixtures.setting(api);
    Answer wrong =
        api.as("admin", "POST", CONFIG + "/" + id + "/submit").json("{\"why\": 1}").send();
    assertProblem(wrong, 422);
    assertThat(wrong.text("/errors/0/field")).isEqualTo("/why");
    move("admin", id, "submit", "{\"comment\": \"as we said\"}");
    move("ceo", id, "approve", "{}");
    Answer active = api.as("admin", "POST", CONFIG + "/" + id + "/activate").send();
    assertThat(active.text("/status")).as("%s", active).isEqualTo("ACTIVE");
    JsonNode history =
        api.as("ceo", "GET", CONFIG + "/" + id + "/history?limit=200").send().json().path("items");
    assertThat(history.findValuesAsText("comment")).contains("as we said");
    move("admin", id, "rollback", "{\"reason\": \"a test\"}");
  }

  @Test
  @DisplayName("CF-7: in a freeze nothing is activated but rollbacks; it is cancelled once")
  void freezes() {
    String key = holding("1");
    String held = make(key, "2");
    Answer next =
        create(
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
      assertThat(version(next.text("/id")).text("/held_until")).isEqualTo(freeze.text("/ends_at"));
      Answer frozen = api.as("admin", "POST", CONFIG + "/" + next.text("/id") + "/activate").send();
      assertProblem(frozen, 409);
      assertThat(frozen.text("/detail")).contains("Genna");
      assertThat(move("admin", held, "rollback", "{\"reason\": \"r\"}").text("/status"))
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
        create(
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

  @Test
  @DisplayName(
      "CF-10 SE-7: services read all that holds or some, and lists are walked page by page")
  void lists() {
    String one = holding("1");
    String other = holding("2");
    await().atMost(Duration.ofSeconds(2)).until(() -> read(other).status() == 200);
    Answer all = api.as("marketplace", "GET", "/config").send();
    assertThat(all.json().path("items").findValuesAsText("key"))
        .contains("commission.tier1.rate", one, other)
        .isSorted();
    String some = "/config?keys=" + other + "," + one + ",no.such_key";
    Answer few = api.as("marketplace", "GET", some).send();
    assertThat(few.json().path("items").findValuesAsText("key")).containsExactly(other, one);
    Call again =
        api.as("marketplace", "GET", some)
            .header("If-None-Match", few.header("ETag").orElseThrow());
    assertThat(again.send().status()).isEqualTo(304);
    make(one, "5");
    awaitVersion(one, 2);
    assertThat(again.send().status()).isEqualTo(200);
    String many = ("test.key_that_is_rather_long." + "k".repeat(60) + ",").repeat(50);
    Answer long_ = api.as("marketplace", "GET", "/config?keys=" + many.replaceAll(",$", "")).send();
    assertThat(long_.status()).isEqualTo(200);

    String id = api.as("cfo", "GET", CONFIG + "/" + one).send().text("/active/id");
    List<String> whole =
        api.as("cfo", "GET", CONFIG + "/" + id + "/history")
            .send()
            .json()
            .path("items")
            .findValuesAsText("hash");
    assertThat(walked(CONFIG + "/" + id + "/history", "hash"))
        .hasSizeGreaterThan(5)
        .isEqualTo(whole);
    assertThat(walked(CONFIG, "key")).contains(one, other).doesNotHaveDuplicates();
    assertThat(walked(CONFIG + "/versions?key=" + one, "version")).containsExactly("2", "1");
  }

  private List<String> walked(String list, String field) {
    List<String> seen = new java.util.ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      Answer page =
          api.as("cfo", "GET", list + (list.contains("?") ? "&" : "?") + "limit=3" + cursor).send();
      assertThat(page.status()).as("%s", page).isEqualTo(200);
      page.json().path("items").forEach(item -> seen.add(item.path(field).asText()));
      JsonNode next = page.json().path("next_cursor");
      cursor = next.isNull() ? null : "&cursor=" + next.asText();
    }
    return seen;
  }
}
