package com.freelync.control.local.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.local.kill.Fleet.Victim;
import com.freelync.control.payout.CorrectionInput;
import com.freelync.control.payout.Payouts;
import com.freelync.control.temporal.RunState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} of a worker, an API process, Temporal and PostgreSQL in the middle of retries and
 * reversals. Afterwards each payout was paid once and taken back once, as was asked.
 */
@Tag("system")
@Tag("nightly")
@DisplayName("PO-1 PO-2: retries and reversals survive kills")
class CorrectionKillIT {
  private static final Duration LONG = Duration.ofSeconds(150);
  private static final Failpoint[] POINTS =
      Stream.of(Failpoint.values())
          .filter(point -> point.name().startsWith("CORRECTION_"))
          .toArray(Failpoint[]::new);
  private static final Victim[] VICTIMS = Victim.values();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  @TempDir static Path directory;
  private static Fleet fleet;
  private static Load load;

  @BeforeAll
  static void start() {
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
    fleet = new Fleet(directory);
    load = new Load(fleet);
  }

  @AfterAll
  static void stop() {
    load.close();
    fleet.close();
    Awaitility.reset();
  }

  /** Every point with every victim. */
  static Stream<Map<Failpoint, Victim>> rounds() {
    return IntStream.range(0, POINTS.length).mapToObj(CorrectionKillIT::round);
  }

  private static Map<Failpoint, Victim> round(int number) {
    Map<Failpoint, Victim> round = new EnumMap<>(Failpoint.class);
    for (int i = 0; i < VICTIMS.length; i++) {
      round.put(POINTS[(number + i) % POINTS.length], VICTIMS[i]);
    }
    return round;
  }

  @ParameterizedTest(name = "killed: {0}")
  @MethodSource("rounds")
  void survives(Map<Failpoint, Victim> round) throws Exception {
    Map<UUID, String> asked = new LinkedHashMap<>();
    ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
    try {
      payouts(3, "FAILED").forEach(payout -> asked.put(payout, "retry"));
      payouts(4, "DISBURSED").forEach(payout -> asked.put(payout, "reverse"));
      for (Failpoint point : round.keySet()) {
        fleet.points.arm(point.name());
      }
      asked.forEach((payout, move) -> people.submit(() -> untilTaken(payout, move)));
      fleet.killAtEach(round);
      fleet.awaitReady();
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(250))
          .ignoreExceptions()
          .untilAsserted(() -> asked.forEach(CorrectionKillIT::assertEnded));
      await().atMost(LONG).ignoreExceptions().until(() -> fleet.control.outbox.waiting() == 0);
      assertThat(fleet.control.payouts.imbalance()).isZero();
    } finally {
      people.shutdownNow();
      fleet.points.clear();
    }
  }

  private static List<UUID> payouts(int count, String status) throws Exception {
    List<UUID> payouts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      payouts.add(fleet.marketplace.payout(fleet.marketplace.goodSeller(), "40.25"));
      if (status.equals("FAILED")) {
        load.refuseOne();
      }
    }
    load.sendAll(payouts);
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> payouts.stream().map(fleet.marketplace::status).allMatch(status::equals));
    return payouts;
  }

  /** Asks one process after the other, as somebody who does not give up, by one key. */
  private static void untilTaken(UUID payout, String move) {
    String key = UUID.randomUUID().toString();
    for (int i = payout.hashCode() & 1; !Thread.currentThread().isInterrupted(); i++) {
      URI address =
          fleet.apis.get(i % 2).address().resolve("/admin/payouts/" + payout + "/" + move);
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .timeout(Duration.ofSeconds(8))
              .header("Authorization", "Bearer " + fleet.issuer.token("operator"))
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", key)
              .POST(HttpRequest.BodyPublishers.ofString("{\"reason\": \"kill test\"}"))
              .build();
      try {
        if (HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 202
            || !fleet.control.payouts.get(payout).corrections().isEmpty()) {
          return;
        }
      } catch (IOException | RuntimeException e) {
        // The process is dead, or the database away: again.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void assertEnded(UUID payout, String move) {
    boolean isRetry = move.equals("retry");
    Payouts.Detail detail = fleet.control.payouts.get(payout);
    assertThat(detail.payout().status()).isEqualTo(isRetry ? "DISBURSED" : "REVERSED");
    assertThat(detail.corrections())
        .singleElement()
        .satisfies(
            correction -> {
              assertThat(correction.status()).hasToString("DONE");
              assertThat(
                      RunState.of(
                          fleet.temporalClient.client(),
                          CorrectionInput.temporalId(payout, correction.id())))
                  .isNotEqualTo(RunState.OPEN);
            });
    assertThat(detail.ledger()).hasSize(8);
    assertThat(count("disbursements", "PAID", payout)).isEqualTo(1);
    assertThat(count("reversals", "REVERSED", payout)).isEqualTo(isRetry ? 0 : 1);
  }

  private static long count(String table, String status, UUID payout) {
    return fleet.gatewayRole.read(
        handle ->
            handle
                .createQuery(
                    "SELECT count(*) FROM gateway."
                        + table
                        + " WHERE payout_id = :payout AND status = :status")
                .bind("payout", payout.toString())
                .bind("status", status)
                .mapTo(Long.class)
                .one());
  }
}
