package com.freelync.control.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.database.Cursor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AuditTrailTest {
  private static final Instant DAY = Instant.parse("2026-02-01T00:00:00Z");
  private static AuditFixture log;

  @BeforeAll
  static void write() {
    log = new AuditFixture();
    for (int day = 0; day < 40; day++) {
      log.write(500, DAY.plus(Duration.ofDays(day)));
    }
    log.seal();
    try (var handle = org.jdbi.v3.core.Jdbi.create(log.owner.dataSource()).open()) {
      handle.execute("ANALYZE control.audit_log");
      handle.execute("ANALYZE control.audit_seal");
    }
  }

  @AfterAll
  static void close() {
    log.close();
  }

  @Test
  @DisplayName("SE-3: pages go from the newest entry to the oldest, each once, ties by number")
  void pages() {
    AuditFilter filter = new AuditFilter("person7", null, null, null, null, null, null, null);
    List<Long> seen = new ArrayList<>();
    Cursor after = Cursor.START;
    List<ListedEntry> page;
    do {
      page = log.trail.list(filter, after, 33);
      page.forEach(entry -> seen.add(entry.row().id()));
      after = page.isEmpty() ? after : AuditTrail.place(page.getLast());
    } while (page.size() == 33);
    assertThat(seen).hasSize(400).doesNotHaveDuplicates();
    assertThat(seen).isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @TestFactory
  @DisplayName("SE-3: each filter alone is answered by an index, not by reading all entries")
  Stream<DynamicTest> filtersUseIndexes() {
    return Map.<String, AuditFilter>ofEntries(
            Map.entry("everything", AuditFilter.ALL),
            Map.entry("actor", filter("person7", null, null, null, null, null, null, null)),
            Map.entry("action", filter(null, "thing.change", null, null, null, null, null, null)),
            Map.entry("rare action", filter(null, "x", null, null, null, null, null, null)),
            Map.entry("type", filter(null, null, "thing", null, null, null, null, null)),
            Map.entry("rare type", filter(null, null, "x", null, null, null, null, null)),
            Map.entry("id", filter(null, null, null, "id-3", null, null, null, null)),
            Map.entry("both", filter(null, null, "thing", "id-3", null, null, null, null)),
            Map.entry("refused", filter(null, null, null, null, "REFUSED", null, null, null)),
            Map.entry("request", filter(null, null, null, null, null, "request-3", null, null)),
            Map.entry("to", filter(null, null, null, null, null, null, null, DAY)),
            Map.entry("from", filter(null, null, null, null, null, null, DAY, DAY.plusSeconds(9))))
        .entrySet()
        .stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.getKey(),
                    () ->
                        assertThat(log.trail.plan(one.getValue(), 51))
                            .contains("Index")
                            .doesNotContain("Seq Scan on audit_log")));
  }

  private static AuditFilter filter(
      String actor,
      String action,
      String type,
      String id,
      String outcome,
      String request,
      Instant from,
      Instant to) {
    return new AuditFilter(actor, action, type, id, outcome, request, from, to);
  }

  @Test
  @DisplayName("SE-3: an export of a time has every position from its first to its last entry")
  void exportsOfATime() throws IOException {
    AuditExports exports = new AuditExports(log.api, log.audit, log.trail, Clock.systemUTC());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    exports
        .begin(DAY.plus(Duration.ofDays(2)), DAY.plus(Duration.ofDays(6)), new Actor("cfo", null))
        .writeTo(out);
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2_002);
    assertThat(lines.getFirst()).contains("\"first\":1001,\"last\":3000,\"count\":2000");
    assertThat(lines.getLast()).contains("\"position\":3000", "\"count\":2000");

    ByteArrayOutputStream nothing = new ByteArrayOutputStream();
    exports.begin(null, DAY, new Actor("cfo", null)).writeTo(nothing);
    assertThat(nothing.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
  }
}
