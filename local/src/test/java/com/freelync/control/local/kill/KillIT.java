package com.freelync.control.local.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.automation.ExecutionRow;
import com.freelync.control.automation.RunInput;
import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.local.kill.Fleet.Victim;
import com.freelync.control.temporal.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} of a worker, an API process, Temporal and PostgreSQL, each at a named point of
 * the code, while payouts are under way and people decide. Afterwards every payout is paid once or
 * not at all, as decided, and nothing is left over anywhere.
 */
@Tag("system")
@DisplayName("PO-2 AU-14 AU-4: nothing is lost or repeated")
class KillIT {
  private static final Set<String> FINAL = Set.of("DISBURSED", "REJECTED", "FAILED");
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final Failpoint[] POINTS =
      Stream.of(Failpoint.values())
          .filter(point -> !point.name().matches("(CONFIG|CORRECTION)_.*"))
          .toArray(Failpoint[]::new);
  private static final Victim[] VICTIMS = Victim.values();

  @TempDir static Path directory;
  private static Fleet fleet;

  @BeforeAll
  static void start() {
    // The mail server of the test loses connections to the workers that are killed.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
    fleet = new Fleet(directory);
  }

  @AfterAll
  static void stop() {
    fleet.close();
    Awaitility.reset();
  }

  /** A point for each of the four, and another three of each later: twelve in the build. */
  static Stream<Map<Failpoint, Victim>> dozen() {
    return Stream.of(
        Map.of(
            Failpoint.EVENTS_COMMITTED, Victim.API,
            Failpoint.STEP_COMMITTED, Victim.WORKER,
            Failpoint.DECISION_STORED, Victim.POSTGRES,
            Failpoint.RUN_STARTED, Victim.TEMPORAL),
        Map.of(
            Failpoint.DECISION_COMMITTED, Victim.API,
            Failpoint.GATEWAY_ANSWERED, Victim.WORKER,
            Failpoint.TRANSFER_OWED, Victim.POSTGRES,
            Failpoint.APPROVAL_ASK_COMMITTED, Victim.TEMPORAL),
        Map.of(
            Failpoint.DOORBELL_RUNG, Victim.API,
            Failpoint.ANSWER_STORED, Victim.WORKER,
            Failpoint.EXECUTIONS_RECORDED, Victim.POSTGRES,
            Failpoint.TRANSFER_SENDING, Victim.TEMPORAL));
  }

  /** Every point with every victim, three times: four pairs in each round, of four victims. */
  static Stream<Map<Failpoint, Victim>> all() {
    return IntStream.range(0, 3 * POINTS.length).mapToObj(KillIT::round);
  }

  private static Map<Failpoint, Victim> round(int number) {
    Map<Failpoint, Victim> round = new EnumMap<>(Failpoint.class);
    for (int i = 0; i < VICTIMS.length; i++) {
      round.put(POINTS[(number + i * 7) % POINTS.length], VICTIMS[i]);
    }
    return round;
  }

  @ParameterizedTest(name = "killed: {0}")
  @MethodSource("dozen")
  void survives(Map<Failpoint, Victim> round) throws Exception {
    kill(round);
  }

  @Tag("nightly")
  @ParameterizedTest(name = "killed: {0}")
  @MethodSource("all")
  void survivesEverywhere(Map<Failpoint, Victim> round) throws Exception {
    kill(round);
  }

  @Test
  @DisplayName("AU-4: of 300 documents each owner is told once, through the kill of a worker")
  void goesOverEachOnce() {
    new DocumentLoop(fleet).over(300, 1, Duration.ofMinutes(4));
  }

  private static void kill(Map<Failpoint, Victim> round) throws Exception {
    try (Load load = new Load(fleet)) {
      for (Failpoint point : round.keySet()) {
        fleet.points.arm(point.name());
      }
      load.refuseOne();
      load.begin();
      fleet.killAtEach(round);
      fleet.awaitReady();
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(250))
          .ignoreExceptions()
          .untilAsserted(() -> assertSettled(load));
      assertRight(load);
    } finally {
      fleet.points.clear();
    }
  }

  private static void assertSettled(Load load) {
    for (UUID payout : load.expected().keySet()) {
      assertThat(fleet.marketplace.status(payout)).as("%s", payout).isIn(FINAL);
      List<ExecutionRow> executions = load.executions(payout).toList();
      assertThat(executions).as("executions of %s", payout).hasSize(2);
      for (ExecutionRow execution : executions) {
        assertThat(execution.finishedAt()).as("%s", execution).isNotNull();
        assertThat(
                RunState.of(fleet.temporalClient.client(), RunInput.temporalId(execution.id(), 1)))
            .isNotEqualTo(RunState.OPEN);
      }
    }
    assertThat(fleet.control.outbox.waiting()).isZero();
  }

  private static void assertRight(Load load) throws Exception {
    List<String> refused = new ArrayList<>();
    for (Map.Entry<UUID, String> one : load.expected().entrySet()) {
      String status = fleet.marketplace.status(one.getKey());
      List<String> book = load.book(one.getKey());
      switch (status) {
        case "DISBURSED" -> assertThat(book).as("%s", one).containsExactly("PAID");
        case "REJECTED" -> assertThat(book).as("%s", one).isEmpty();
        default -> {
          assertThat(book).as("%s", one).containsExactly("REFUSED");
          refused.add(status);
        }
      }
      assertThat(status.equals("FAILED") ? "DISBURSED" : status)
          .as("%s as decided", one)
          .isEqualTo(one.getValue());
    }
    assertThat(refused).as("the one that the gateway refused").hasSizeLessThanOrEqualTo(1);
    assertThat(fleet.control.payouts.imbalance()).isZero();
  }
}
