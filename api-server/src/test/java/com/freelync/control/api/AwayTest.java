package com.freelync.control.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SE-4: a part that is away is a 503 that says so, and never another error")
class AwayTest {
  private static final String NOWHERE = "127.0.0.1:" + TestApi.freePort();
  private static final TestApi WITHOUT_DATABASE =
      TestApi.running()
          .butWith(
              Map.of(
                  "DATABASE_URL", "jdbc:postgresql://" + NOWHERE + "/freelync?connectTimeout=1"));
  private static final TestApi WITHOUT_ISSUER =
      TestApi.running().butWith(Map.of("OIDC_JWKS_URI", "http://" + NOWHERE + "/jwks.json"));

  @ParameterizedTest
  @ValueSource(
      strings = {"/admin/workflows", "/admin/executions", "/admin/payouts", "/admin/event-types"})
  void withoutTheIssuerNobodyIsKnown(String path) {
    assertAway(WITHOUT_ISSUER.as("admin", "GET", path).send());
  }

  @Test
  void withoutTheDatabaseNothingIsReadAndNoEventAccepted() {
    byte[] event = Fixtures.event("e1", "00000000-0000-0000-0000-000000000001").getBytes(UTF_8);
    Call accept =
        WITHOUT_DATABASE
            .as("marketplace", "POST", "/events")
            .body("application/cloudevents+json", event);
    Call acceptOnce =
        WITHOUT_DATABASE
            .as("marketplace", "POST", "/events")
            .body("application/cloudevents+json", event)
            .header("Idempotency-Key", "a-key");
    Stream<Call> reads =
        Stream.of(
                "/admin/workflows",
                "/admin/executions",
                "/admin/payouts",
                "/admin/audit",
                "/admin/audit/export")
            .map(path -> WITHOUT_DATABASE.as("admin", "GET", path));
    Stream<Call> settings =
        Stream.of("/config", "/config/commission.tier1.rate", "/config/stream")
            .map(path -> WITHOUT_DATABASE.as("marketplace", "GET", path));
    // At once, as each waits for a connection before it gives up.
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers =
          Stream.of(reads, settings, Stream.of(accept, acceptOnce))
              .flatMap(calls -> calls)
              .map(call -> senders.submit(call::send))
              .toList();
      assertThat(answers).hasSize(10).extracting(Future::get).allSatisfy(AwayTest::assertAway);
    }
  }

  private static void assertAway(Answer answer) {
    ProblemAssert.assertProblem(answer, 503);
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(answer.body()).doesNotContain("Exception", NOWHERE);
  }
}
