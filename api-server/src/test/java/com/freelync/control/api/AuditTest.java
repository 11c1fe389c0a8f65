package com.freelync.control.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.audit.Sealer;
import com.freelync.control.audit.chain.ExportVerifier;
import com.freelync.control.audit.chain.Verification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SE-3: the audit log over HTTP")
class AuditTest {
  private static final TestApi api = TestApi.running();
  private static final String MARK = UUID.randomUUID().toString();
  private static Sealer sealer;

  @BeforeAll
  static void seal() {
    sealer = Sealer.start(api.database.as("control_worker"));
    // Three of them differ from the first in one thing each, so each filter has a wrong row.
    write("a", "2026-02-01T00:00:00Z", "cfo", "thing.change", "thing", "1", "ALLOWED", "r1");
    write("b", "2026-02-01T01:00:00Z", "ceo", "thing.change", "thing", "1", "REFUSED", "r2");
    write("c", "2026-02-01T02:00:00Z", "cfo", "thing.remove", "thing", "2", "ALLOWED", "r2");
    write("d", "2026-02-02T00:00:00Z", "cfo", "thing.change", "other", "1", "ALLOWED", null);
    awaitSealed();
  }

  @AfterAll
  static void stop() {
    sealer.close();
  }

  private static void awaitSealed() {
    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () ->
                api.database
                        .as("control_owner")
                        .read(
                            handle ->
                                handle
                                    .select("SELECT count(*) FROM control.audit_pending")
                                    .mapTo(Long.class)
                                    .one())
                    == 0);
  }

  private static void write(String reason, String at, Object... values) {
    api.database
        .as("control_api")
        .transaction(
            transaction ->
                transaction
                    .handle()
                    .execute(
                        """
                        INSERT INTO control.audit_log
                               (reason, at, actor, action, subject_type, subject_id, outcome,
                                request_id)
                        VALUES (?, CAST(? AS timestamptz), ?, ?, ?, ?, ?, ?)
                        """,
                        reason,
                        at,
                        values[0],
                        values[1],
                        values[2],
                        MARK + values[3],
                        values[4],
                        values[5]));
  }

  /** The reasons of the entries of this test that a query gives. */
  private static List<String> found(String query) {
    Answer answer = api.as("devops", "GET", "/admin/audit?limit=200&" + query).send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    List<String> found = new ArrayList<>();
    answer
        .json()
        .path("items")
        .forEach(
            item -> {
              if (item.path("subject_id").asText().startsWith(MARK)) {
                found.add(item.path("reason").asText());
              }
            });
    return found;
  }

  @Test
  @DisplayName("SE-3: each filter lets through what fits and nothing else, the newest first")
  void filters() {
    String time = "from=2026-02-01T00:00:00Z&to=2026-02-03T00:00:00Z&";
    assertThat(found(time)).containsExactly("d", "c", "b", "a");
    assertThat(found(time + "actor=ceo")).containsExactly("b");
    assertThat(found(time + "action=thing.remove")).containsExactly("c");
    assertThat(found(time + "subject_type=thing")).containsExactly("c", "b", "a");
    assertThat(found("subject_id=" + MARK + "1")).containsExactly("d", "b", "a");
    assertThat(found("subject_type=thing&subject_id=" + MARK + "1")).containsExactly("b", "a");
    assertThat(found(time + "outcome=REFUSED")).containsExactly("b");
    assertThat(found(time + "outcome=ALLOWED")).containsExactly("d", "c", "a");
    assertThat(found(time + "request_id=r2")).containsExactly("c", "b");
    assertThat(found("from=2026-02-01T01:00:00Z&to=2026-02-02T00:00:00Z"))
        .containsExactly("c", "b");
    assertThat(found(time + "actor=cfo&outcome=REFUSED")).isEmpty();
  }

  @Test
  @DisplayName("SE-3: pages give each entry once, and their end says so")
  void pages() {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page =
          api.as("cfo", "GET", "/admin/audit?limit=1&subject_id=" + MARK + "1" + cursor).send();
      page.json().path("items").forEach(item -> seen.add(item.path("reason").asText()));
      cursor =
          page.json().path("next_cursor").isNull() ? "" : "&cursor=" + page.text("/next_cursor");
    } while (!cursor.isEmpty());
    assertThat(seen).containsExactly("d", "b", "a");
  }

  @Test
  @DisplayName(
      "SE-3: an entry shows its place and hash once it is sealed, and before that it is not")
  void sealedOrNot() {
    JsonNode sealed =
        api.as("cfo", "GET", "/admin/audit?subject_id=" + MARK + "2").send().json().at("/items/0");
    assertThat(sealed.path("sealed").asBoolean()).isTrue();
    assertThat(sealed.path("position").asLong()).isPositive();
    assertThat(sealed.path("hash").asText()).matches("[0-9a-f]{64}");
    api.database
        .as("control_worker")
        .transaction(
            holding -> {
              holding.handle().execute("SELECT one FROM control.audit_sealer FOR UPDATE");
              write("e", "2026-03-01T00:00:00Z", "cfo", "x", "y", "3", "ALLOWED", null);
              JsonNode waiting =
                  api.as("cfo", "GET", "/admin/audit?subject_id=" + MARK + "3")
                      .send()
                      .json()
                      .at("/items/0");
              assertThat(waiting.path("sealed").asBoolean(true)).isFalse();
              assertThat(waiting.path("position").isNull()).isTrue();
              assertThat(waiting.path("hash").isNull()).isTrue();
              return holding;
            });
  }

  private static Verification verify(Answer export) throws IOException {
    assertThat(export.status()).isEqualTo(200);
    assertThat(export.header("Content-Type")).hasValue("application/x-ndjson");
    return ExportVerifier.verify(
        new ByteArrayInputStream(export.body().getBytes(StandardCharsets.UTF_8)), List.of());
  }

  @Test
  @DisplayName("SE-3: an export taken while others write is whole, and is itself an entry")
  void exportsWhileWriting() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writing =
          writers.submit(
              () -> {
                while (!enough.get()) {
                  write("w", "2026-04-01T00:00:00Z", "cfo", "x", "y", "4", "ALLOWED", null);
                }
              });
      long last = 0;
      for (int i = 0; i < 5; i++) {
        Verification export = verify(api.as("cfo", "GET", "/admin/audit/export").send());
        assertThat(export.faults()).isEmpty();
        assertThat(export.last()).isGreaterThanOrEqualTo(last);
        last = export.last();
      }
      enough.set(true);
      writing.get();
    }
    String id = UUID.randomUUID().toString();
    api.as("ceo", "GET", "/admin/audit/export?from=2026-02-01T00:00:00Z&to=2026-02-01T00:00:01Z")
        .header("X-Request-Id", id)
        .send();
    JsonNode entry =
        api.as("cfo", "GET", "/admin/audit?request_id=" + id).send().json().at("/items/0");
    assertThat(entry.path("actor").asText()).isEqualTo("ceo");
    assertThat(entry.path("action").asText()).isEqualTo("audit.export");
    assertThat(entry.at("/details/count").asLong()).isPositive();
  }

  @Test
  @DisplayName("SE-3: every refused attempt of a test before this one is in the verified chain")
  void refusalsAreSealed() throws IOException {
    Set<String> people = new HashSet<>(List.of("operator", "analyst", "executive", "marketplace"));
    String path = "/admin/audit/export";
    people.forEach(person -> api.as(person, "GET", path).send());
    awaitSealed();
    Answer export = api.as("admin", "GET", path).send();
    assertThat(verify(export).faults()).isEmpty();
    assertThat(people)
        .allSatisfy(
            person ->
                assertThat(export.body())
                    .contains("\"actor\":\"" + person + "\",\"action\":\"GET " + path + "\""));
  }
}
