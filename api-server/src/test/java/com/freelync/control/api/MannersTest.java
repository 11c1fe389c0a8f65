package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MannersTest {
  private final TestApi api = TestApi.running();
  private final Fixtures things = Fixtures.standing();

  private Call create(String key, String name) {
    return api.as("admin", "POST", "/admin/workflows")
        .header("Idempotency-Key", key)
        .json(Fixtures.DEFINITION.replace("Reject all", name));
  }

  private int named(String name) {
    return api.as("admin", "GET", "/admin/workflows?name=" + name)
        .send()
        .json()
        .path("items")
        .size();
  }

  @Test
  @DisplayName("SE-7: the same key gives the first answer again, another body with it is invalid")
  void replay() {
    String key = UUID.randomUUID().toString();
    Answer first = create(key, "Replayed-1").send();
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    Answer again = create(key, "Replayed-1").send();
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    assertThat(again.header("Location")).isPresent().isEqualTo(first.header("Location"));
    assertThat(again.header("ETag")).isPresent().isEqualTo(first.header("ETag"));
    Answer other = create(key, "Replayed-2").send();
    assertProblem(other, 422);
    assertThat(other.text("/type")).isEqualTo("/problems/idempotency-key-reused");
    assertThat(named("Replayed-1")).isEqualTo(1);
    assertThat(named("Replayed-2")).isZero();
  }

  @Test
  @DisplayName("SE-7: a refusal is given again as it was, and stays a problem document")
  void replayOfRefusals() {
    String key = UUID.randomUUID().toString();
    Call wrong =
        api.as("admin", "POST", "/admin/workflows").header("Idempotency-Key", key).json("{}");
    Answer first = wrong.send();
    assertProblem(first, 422);
    Answer again = wrong.send();
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  @DisplayName("SE-7: twenty calls at once with one key make one automation")
  void concurrentCalls() throws Exception {
    String key = UUID.randomUUID().toString();
    Set<String> ids = new HashSet<>();
    try (var callers = Executors.newFixedThreadPool(8)) {
      List<Callable<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(() -> create(key, "Concurrent").send());
      }
      for (Future<Answer> call : callers.invokeAll(calls)) {
        Answer answer = call.get();
        assertThat(answer.status()).as("%s", answer).isIn(201, 409);
        if (answer.status() == 201) {
          ids.add(answer.text("/id"));
        } else {
          assertThat(answer.text("/type")).isEqualTo("/problems/call-in-flight");
        }
      }
    }
    assertThat(ids).hasSize(1);
    assertThat(named("Concurrent")).isEqualTo(1);
  }

  @Test
  @DisplayName("SE-7: an entity tag saves a repeated read and stops a stale change")
  void entityTags() {
    String path = "/admin/workflows/" + Fixtures.automation(api, "DRAFT");
    String tag = api.as("admin", "GET", path).send().header("ETag").orElseThrow();
    assertThat(api.as("admin", "GET", path).header("If-None-Match", tag).send().status())
        .isEqualTo(304);
    Call change =
        api.as("admin", "PATCH", path).header("If-Match", tag).json("{\"name\": \"Once\"}");
    Answer changed = change.send();
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag")).isPresent().isNotEqualTo(java.util.Optional.of(tag));
    assertProblem(change.send(), 412);
    assertThat(api.as("admin", "GET", path).header("If-None-Match", tag).send().status())
        .isEqualTo(200);
    assertThat(
            api.as("admin", "PATCH", path)
                .header("If-Match", "*")
                .json("{\"name\": \"Any\"}")
                .send()
                .status())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("SE-7: pages follow one another without gaps or repetitions")
  void paging() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 7; i++) {
      made.add(create(UUID.randomUUID().toString(), "Paged").send().text("/id"));
    }
    assertPages("/admin/workflows?name=Paged", made);

    UUID seller = api.marketplace.seller(false, "3", false);
    String active = Fixtures.automation(api, "ACTIVE");
    Set<String> payouts = new HashSet<>();
    Set<String> executions = new HashSet<>();
    for (int i = 0; i < 7; i++) {
      String payout = api.marketplace.payout(seller, "10.00").toString();
      payouts.add(payout);
      executions.add(Fixtures.execution(api, active, payout));
    }
    assertPages("/admin/payouts?seller_id=" + seller, payouts);
    assertPages("/admin/executions?workflow_id=" + active, executions);
    assertPages("/admin/workflows/" + active + "/executions?status=SKIPPED", executions);
  }

  private void assertPages(String list, Set<String> all) {
    List<String> seen = new ArrayList<>();
    String next = "";
    int pages = 0;
    do {
      JsonNode page = api.as("admin", "GET", list + "&limit=3" + next).send().json();
      page.path("items").forEach(item -> seen.add(item.path("id").asText()));
      assertThat(page.has("next_cursor")).as(list).isTrue();
      next = page.path("next_cursor").isNull() ? "" : "&cursor=" + page.get("next_cursor").asText();
      pages++;
    } while (!next.isEmpty() && pages < 10);
    assertThat(pages).as(list).isEqualTo(3);
    assertThat(seen).as(list).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  @DisplayName(
      "OB-3: a request's id is echoed, recorded with the change, and replaced if it is odd")
  void requestIds() {
    Answer made = create("k-" + UUID.randomUUID(), "Traced").header("X-Request-Id", "tr-7").send();
    assertThat(made.header("X-Request-Id")).hasValue("tr-7");
    int recorded =
        api.database
            .as("control_owner")
            .read(
                handle ->
                    handle
                        .createQuery(
                            "SELECT count(*) FROM control.audit_log WHERE request_id = 'tr-7'")
                        .mapTo(Integer.class)
                        .one());
    assertThat(recorded).isEqualTo(1);
    for (String odd : new String[] {"two words", "<script>", "x".repeat(200)}) {
      assertThat(
              api.as("admin", "GET", "/me")
                  .header("X-Request-Id", odd)
                  .send()
                  .header("X-Request-Id"))
          .hasValueSatisfying(id -> assertThat(UUID.fromString(id)).isNotNull());
    }
  }

  @Test
  @DisplayName("SE-7: catalogs and versions are paged as every list, each version with its status")
  void pagesOfWholeLists() {
    String id = Fixtures.automation(api, "ACTIVE");
    for (String name : List.of("Second", "Third")) {
      Answer changed =
          api.as("admin", "PATCH", "/admin/workflows/" + id)
              .json("{\"name\": \"" + name + "\"}")
              .send();
      assertThat(changed.status()).isEqualTo(200);
    }
    assertThat(walked("/admin/workflows/" + id + "/versions", "version"))
        .containsExactly("3", "2", "1");
    Answer versions = api.as("admin", "GET", "/admin/workflows/" + id + "/versions").send();
    assertThat(versions.json().path("items").findValuesAsText("status"))
        .containsExactly("ACTIVE", "SUPERSEDED", "SUPERSEDED");
    for (String list : List.of("/admin/actions", "/admin/event-types")) {
      Answer whole = api.as("admin", "GET", list).send();
      String field = list.endsWith("actions") ? "name" : "type";
      List<String> names = new ArrayList<>();
      whole.json().path("items").forEach(item -> names.add(item.path(field).asText()));
      assertThat(walked(list, field)).isNotEmpty().isEqualTo(names);
    }
  }

  /** A field of every item of a list, read page by page of one item. */
  private List<String> walked(String list, String field) {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      Answer page = api.as("admin", "GET", list + "?limit=1" + cursor).send();
      assertThat(page.status()).as("%s", page).isEqualTo(200);
      assertThat(page.json().path("items")).hasSizeLessThanOrEqualTo(1);
      page.json().path("items").forEach(item -> seen.add(item.path(field).asText()));
      var next = page.json().path("next_cursor");
      cursor = next.isNull() ? null : "&cursor=" + next.asText();
    }
    return seen;
  }

  @Test
  @DisplayName("SE-4: amounts have two decimals and are never written with an exponent")
  void amounts() {
    assertThat(api.as("cfo", "GET", "/admin/payouts/" + things.payout()).send().body())
        .contains("\"amount\":100000.00,");
    String list = api.as("cfo", "GET", "/admin/payouts").send().body();
    assertThat(list).contains("\"amount\":100000.00,").doesNotContainPattern("\"amount\":[0-9.]*E");
    Answer tried =
        api.as("operator", "POST", "/admin/workflows/" + things.active() + "/dry-run")
            .json("{\"trigger_data\": {\"payout_id\": \"" + things.payout() + "\"}}")
            .send();
    assertThat(tried.body()).contains("\"actual\":100000").contains("\"amount\":0.00");
  }

  @Test
  @DisplayName("OB-3: the admin port tells life, readiness with its parts, and OB-1: metrics")
  void adminPort() {
    api.as("admin", "GET", "/me").send();
    assertThat(Call.of(api.admin, "GET", "/health/live").send().status()).isEqualTo(200);
    Answer ready = Call.of(api.admin, "GET", "/health/ready").send();
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.text("/status")).isEqualTo("degraded");
    assertThat(ready.text("/components/database")).isEqualTo("up");
    assertThat(ready.text("/components/jwks")).isEqualTo("up");
    assertThat(ready.text("/components/temporal")).isEqualTo("down");
    assertThat(Call.of(api.admin, "GET", "/metrics").send().body())
        .contains("http_server_requests_seconds_count{")
        .contains("route=\"/me\"")
        .contains("control_transfers_unanswered 0.0")
        .contains("control_circuit_breakers_open ", "control_circuit_breaker_trips ")
        .contains("control_alerts_firing{severity=\"critical\"} ")
        .doesNotContain(things.payout());
  }
}
