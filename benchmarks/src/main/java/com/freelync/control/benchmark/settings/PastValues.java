package com.freelync.control.benchmark.settings;

import com.freelync.control.database.Database;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A value at a past instant, of a setting that has had so many. */
final class PastValues {
  private static final int VERSIONS = 100_000;

  private PastValues() {}

  /** Gives a setting a past of so many versions, a minute each; as the schema's owner. */
  static void make(Database owner) {
    owner.transaction(
        transaction -> {
          Handle handle = transaction.handle();
          handle.execute("ALTER TABLE control.platform_config DISABLE TRIGGER USER");
          handle.execute(
              """
              INSERT INTO control.config_setting (key, category, latest_version, created_at)
              VALUES ('benchmark.past', 'SYSTEM', ?, now())
              """,
              VERSIONS);
          handle.execute(
              """
              INSERT INTO control.platform_config (id, key, version, value, status, change_reason, risk_level, impact,
                can_rollback, slots, content_hash, authors, created_by, created_at, updated_at, activated_at, ended_at)
              SELECT gen_random_uuid(), 'benchmark.past', n, to_jsonb(n), 'SUPERSEDED', 'past', 'low', '{}', true, '[]', '',
                     '{somebody}', 'somebody', t, t, t, t + interval '1 minute'
                FROM (SELECT n, timestamptz '2020-01-01T00:00:00Z' + n * interval '1 minute' AS t
                        FROM generate_series(1, ?) n) past
              """,
              VERSIONS);
          return handle.execute("ALTER TABLE control.platform_config ENABLE TRIGGER USER");
        });
  }

  /** Measures and prints. */
  static void read(ServiceCalls calls, URI server) {
    List<Long> took = new ArrayList<>();
    Instant begin = Instant.parse("2020-01-01T00:00:00Z");
    for (int i = 0; i < 500; i++) {
      Instant at = begin.plusSeconds(60L * (1 + (i * 7_919L) % (VERSIONS - 2)) + 30);
      HttpRequest request = calls.get(server.resolve("/config/benchmark.past?at=" + at)).build();
      long asked = System.nanoTime();
      calls.text(request);
      took.add(System.nanoTime() - asked);
    }
    Figures.say(
        "%-40s p50 %6.2f ms", "a value at a past instant, of 100,000", Figures.millis(took, 0.5));
  }
}
