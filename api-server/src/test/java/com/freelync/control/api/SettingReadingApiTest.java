package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static com.freelync.control.api.SettingCalls.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What people and services read of settings over HTTP, and what nobody reads. */
class SettingReadingApiTest {
  private static final String SECRET = "sk_live_ABCDEFGHIJKLMNOPQRSTUVWXYZ987654";
  private final TestApi api = TestApi.running();
  private final SettingCalls settings = new SettingCalls(api);

  @Test
  @DisplayName("CF-3 SE-7: what people say of a version, and its rule, are another state to ETag")
  void entityTags() {
    String id =
        settings
            .create(
                """
                {"key": "payment.gateway.timeout_seconds", "value": 40, "submit": true,
                 "change_reason": "a slow bank"}
                """)
            .text("/id");
    String path = CONFIG + "/payment.gateway.timeout_seconds";
    String ofVersion = settings.version(id).header("ETag").orElseThrow();
    String ofSetting = api.as("cto", "GET", path).send().header("ETag").orElseThrow();
    Call version =
        api.as("cto", "GET", CONFIG + "/versions/" + id).header("If-None-Match", ofVersion);
    Call setting = api.as("cto", "GET", path).header("If-None-Match", ofSetting);
    assertThat(version.send().status()).isEqualTo(304);
    assertThat(setting.send().status()).isEqualTo(304);

    Answer half = settings.move("cto", id, "approve", "{}");
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
    settings.move("cfo", id, "reject", "{\"comment\": \"later\"}");
  }

  @Test
  @DisplayName(
      "CF-10 SE-7: services read all that holds or some, and lists are walked page by page")
  void lists() {
    String one = settings.holding("1");
    String other = settings.holding("2");
    await().atMost(Duration.ofSeconds(2)).until(() -> settings.read(other).status() == 200);
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
    settings.make(one, "5");
    settings.awaitVersion(one, 2);
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

  @Test
  @DisplayName(
      "CF-6 SE-7: a secret is masked everywhere but to who reveals it, is recorded and never replayed")
  void secrets() {
    Answer made =
        settings.create(
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
    settings.move("cto", id, "approve", "{}");
    settings.move("cfo", id, "approve", "{}");
    settings.move("admin", id, "activate", "{}");
    await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> settings.read("payment.gateway.api_key").status() == 200);
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
}
