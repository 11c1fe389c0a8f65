package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.automation.safety.Breaker;
import com.freelync.control.identity.TestPeople;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers call a system that fails: they count together. */
class BreakerRunTest {
  private static final String YAML =
      """
      name: Calls %1$s
      trigger: manual
      mode: {parallel: 50}
      steps:
        - {action: call_webhook, with: {url: "http://127.0.0.1:%1$d/"}, retry: {max_retries: 0}}
      """;
  private static final Pattern CALLED =
      Pattern.compile("temporal_activity_execution_latency_seconds_count\\{.*} ([1-9][0-9.]*)");

  @TempDir static Path state;
  private static final AtomicBoolean FAILS = new AtomicBoolean();
  private static final AtomicInteger CALLS = new AtomicInteger();
  private static RealWorker real;
  private static WorkerProcess another;
  private static Operations people;
  private static HttpServer server;
  private static UUID automation;

  @BeforeAll
  static void start() throws IOException {
    real = new RealWorker(state);
    another = real.another();
    TestPeople.install(real.database);
    people = new Operations(real);
    people.sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          CALLS.incrementAndGet();
          exchange.sendResponseHeaders(FAILS.get() ? 500 : 204, -1);
          exchange.close();
        });
    server.start();
    automation = people.automation(YAML.formatted(server.getAddress().getPort()));
  }

  @AfterAll
  static void stop() {
    server.stop(0);
    another.close();
    real.close();
  }

  private static Breaker breaker() {
    return found().orElseThrow();
  }

  /** The breaker of an action that ever failed. */
  private static Optional<Breaker> found() {
    return real.api.safeguards.breakers().stream()
        .filter(breaker -> breaker.action().equals("call_webhook"))
        .findFirst();
  }

  private static long trips() {
    return found().map(Breaker::trips).map(Number::longValue).orElse(0L);
  }

  private static void call(boolean succeeds) {
    FAILS.set(!succeeds);
    assertThat(people.awaitEnd(people.start(automation, Map.of())).row().status())
        .isEqualTo(succeeds ? "COMPLETED" : "FAILED");
  }

  private static UUID heldUp() {
    UUID execution = people.start(automation, Map.of());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                Operations.statuses(people.get(execution), "/steps/0").equals(List.of("WAITING")));
    return execution;
  }

  private static long messages() {
    return real.database
        .as("control_owner")
        .read(
            handle ->
                handle
                    .createQuery(
                        "SELECT count(*) FROM control.inbox_message WHERE person = 'admin' AND kind LIKE 'alert%'")
                    .mapTo(Long.class)
                    .one());
  }

  private static void reset() {
    real.api.safeguards.reset("call_webhook", "it was mended", Operations.ADMIN);
  }

  @Test
  @DisplayName(
      "AU-10 OB-2: the fifth failure in a row opens it, in whichever worker; admins hear once")
  void theFifthOfBoth() {
    long trips = trips();
    long before = messages();
    int round = 0;
    // Until both have failed: who takes what is Temporal's.
    while (round < 2 || (round < 30 && !haveBothCalled())) {
      round++;
      for (int i = 0; i < 4; i++) {
        call(false);
      }
      assertThat(breaker().failures()).isEqualTo(4);
      assertThat(breaker().state()).isEqualTo(Breaker.State.CLOSED);
      call(true);
      for (int i = 0; i < 5; i++) {
        assertThat(breaker().state()).isEqualTo(Breaker.State.CLOSED);
        call(false);
      }
      assertThat(breaker().state()).isEqualTo(Breaker.State.OPEN);
      assertThat(trips()).isEqualTo(trips + round);
      assertThat(messages()).isEqualTo(before + round);
      int calls = CALLS.get();
      List<UUID> held = new ArrayList<>(List.of(heldUp(), heldUp()));
      assertThat(CALLS.get()).as("nothing is called").isEqualTo(calls);
      FAILS.set(false);
      reset();
      held.forEach(
          execution ->
              assertThat(people.awaitEnd(execution).row().status()).isEqualTo("COMPLETED"));
    }
    assertThat(haveBothCalled()).isTrue();
  }

  @Test
  @DisplayName(
      "AU-10: of 16 calls that fail at once in two workers one opens it, and admins hear once")
  void manyAtOnce() {
    call(true);
    long before = messages();
    long trips = trips();
    FAILS.set(true);
    List<UUID> executions = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      executions.add(people.start(automation, Map.of()));
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                executions.stream()
                    .allMatch(
                        run ->
                            people.get(run).row().finishedAt() != null
                                || Operations.statuses(people.get(run), "/steps/0")
                                    .contains("WAITING")));
    assertThat(breaker().state()).isEqualTo(Breaker.State.OPEN);
    assertThat(trips()).isEqualTo(trips + 1);
    assertThat(messages()).isEqualTo(before + 1);
    FAILS.set(false);
    reset();
    executions.forEach(people::awaitEnd);
  }

  private static boolean haveBothCalled() {
    return hasCalled(real.adminPort()) && hasCalled(another.adminPort());
  }

  /** Whether a worker has had a call that leaves the house, as its own metrics say. */
  private static boolean hasCalled(int adminPort) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String metrics =
          http.send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/metrics"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return metrics
          .lines()
          .anyMatch(line -> line.contains("OutsideAct") && CALLED.matcher(line).matches());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
