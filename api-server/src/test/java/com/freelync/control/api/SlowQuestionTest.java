package com.freelync.control.api;

import static com.freelync.control.api.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.database.Database;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AN-9: questions that take too long, and whom nobody waits for")
class SlowQuestionTest {
  private static final String MANY =
      """
      {"measures": ["active_users"], "dimensions": ["region", "category"],
       "time_dimension": {"name": "created_at", "from": "2026-01-01", "to": "2026-01-31", "grain": "HOURLY"}}
      """;

  private final TestApi api = TestApi.running();

  /** A view of the source that is slow for the test's time. */
  private void whileSlow(Runnable work) {
    Database owner = api.database.as("control_owner");
    String slow =
        "CREATE OR REPLACE VIEW control.activity_user AS SELECT at, category, region, side, number, unnumbered"
            + " FROM (%s) users";
    String definition =
        owner.read(
            handle ->
                handle
                    .select("SELECT pg_get_viewdef('control.activity_user')")
                    .mapTo(String.class)
                    .one()
                    .replaceAll(";\\s*$", ""));
    owner.transaction(
        tx ->
            tx.handle()
                .execute(
                    slow.formatted(
                        definition
                            + " UNION ALL SELECT timestamptz '2026-01-15 00:00Z', 'x', 'x', 'BUYER', 1, pg_sleep(3600)::text")));
    try {
      work.run();
    } finally {
      owner.transaction(
          tx ->
              tx.handle().execute("CREATE OR REPLACE VIEW control.activity_user AS " + definition));
    }
  }

  private long running() {
    return api.database
        .as("postgres")
        .read(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT count(*) FROM pg_stat_activity
                         WHERE usename = 'control_query' AND state = 'active' AND query LIKE '%activity_user%'
                        """)
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  @DisplayName(
      "AN-9: a question that takes too long is ended within its bound, and says how to shrink")
  void tooLong() {
    whileSlow(
        () -> {
          Answer answer = api.as("analyst", "POST", "/analytics/custom-query").json(MANY).send();
          assertProblem(answer, 422);
          assertThat(answer.text("/type")).isEqualTo("/problems/too-expensive");
          assertThat(running()).isZero();
        });
  }

  @Test
  @DisplayName("AN-9: when the client goes away, the statement in PostgreSQL ends")
  void departure() {
    whileSlow(
        () -> {
          try (Socket socket = new Socket(api.address.getHost(), api.address.getPort())) {
            byte[] body = MANY.getBytes(StandardCharsets.UTF_8);
            String head =
                "POST /analytics/custom-query HTTP/1.1\r\nHost: "
                    + api.address.getAuthority()
                    + "\r\nAuthorization: Bearer "
                    + api.token("analyst")
                    + "\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length
                    + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            await().atMost(Duration.ofSeconds(5)).until(() -> running() == 1);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          await().atMost(Duration.ofSeconds(3)).until(() -> running() == 0);
        });
  }
}
