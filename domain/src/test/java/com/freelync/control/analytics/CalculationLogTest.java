package com.freelync.control.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.ControlCenter;
import com.freelync.control.alert.Alert;
import com.freelync.control.alert.AlertFilter;
import com.freelync.control.alert.AlertState;
import com.freelync.control.alert.MovableClock;
import com.freelync.control.alert.ServiceLevel.Standing;
import com.freelync.control.alert.ServiceLevel.State;
import com.freelync.control.analytics.Calculations.Kind;
import com.freelync.control.database.Cancellation;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.database.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OB-1 OB-4: how long metrics take is measured, and alerted")
class CalculationLogTest {
  private static final Question EVER =
      Question.total(
          Set.of(Metric.TRANSACTION_COUNT),
          LocalDate.of(2020, 1, 1).atStartOfDay(),
          LocalDate.of(2026, 1, 1).atStartOfDay());

  private TestDatabase database;
  private MovableClock clock;
  private ControlCenter control;
  private CalculationLog log;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    clock = new MovableClock();
    Database worker = database.as("control_worker");
    log = new CalculationLog(worker, clock);
    control = new ControlCenter(worker, clock, new Analytics(worker, log, Cancellation.NEVER));
    log.start(control.alerts);
  }

  @AfterEach
  void close() {
    log.close();
    database.close();
  }

  private Standing level() {
    return control.serviceLevels.all().stream()
        .filter(standing -> standing.level().name().equals("metric_calculation"))
        .findFirst()
        .orElseThrow();
  }

  private List<Alert> alerts(String rule) {
    return control.alertList.list(new AlertFilter(null, rule, null), Cursor.START, 10);
  }

  @Test
  @DisplayName("OB-4: 95 of 100 calculations decide over the level; nothing measured is no data")
  void level95() {
    assertThat(level().state()).isEqualTo(State.NO_DATA);
    for (int i = 0; i < 95; i++) {
      log.ended(Kind.QUESTION, Duration.ofMillis(20), true);
    }
    for (int i = 0; i < 5; i++) {
      log.ended(Kind.RECORD, Duration.ofSeconds(40), true);
    }
    log.write();
    assertThat(level().measure().sample()).isEqualTo(100);
    assertThat(level().state()).isEqualTo(State.MET);
    log.ended(Kind.RECORD, Duration.ofSeconds(6), true);
    log.write();
    assertThat(level().measure().value()).isEqualByComparingTo("6.000");
    assertThat(level().state()).isEqualTo(State.MISSED);
    clock.set(clock.instant().plus(Duration.ofHours(2)));
    assertThat(level().state()).isEqualTo(State.NO_DATA);
  }

  @Test
  @DisplayName("OB-2: one calculation beyond the critical bound alerts while it is in the window")
  void slow() {
    log.ended(Kind.DASHBOARD, Duration.ofSeconds(31), true);
    log.write();
    control.alertEvaluator.run();
    assertThat(alerts("analytics.calculation_slow"))
        .singleElement()
        .satisfies(alert -> assertThat(alert.subject()).isEqualTo("dashboard"));
  }

  private void assertFailureIs(AlertState state) {
    assertThat(alerts(CalculationLog.FAILED))
        .singleElement()
        .satisfies(alert -> assertThat(alert.state()).isEqualTo(state));
  }

  @Test
  @DisplayName("OB-2: a calculation that fails alerts until none of its kind failed for 10 minutes")
  void failed() {
    assertThatThrownBy(
            () ->
                control.analytics.read(
                    Kind.SNAPSHOT,
                    reading -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    // It is told although the next one, written together with it, succeeds.
    control.analytics.read(Kind.SNAPSHOT, Reading::asOf);
    log.write();
    assertFailureIs(AlertState.FIRING);
    clock.set(clock.instant().plus(Duration.ofMinutes(9)));
    control.analytics.read(Kind.SNAPSHOT, Reading::asOf);
    log.write();
    assertFailureIs(AlertState.FIRING);
    clock.set(clock.instant().plus(Duration.ofMinutes(2)));
    control.analytics.read(Kind.SNAPSHOT, Reading::asOf);
    log.write();
    assertFailureIs(AlertState.RESOLVED);
  }

  @Test
  @DisplayName("OB-1 OB-2: a reading that nobody waits for any more is no failure of it")
  void departed() {
    // Somebody who is gone at once: what runs is ended from beside, as the server does. It reads by
    // a pool of its own, so that no cancellation meets what is written afterwards.
    Cancellation gone =
        cancel -> {
          AtomicBoolean isOver = new AtomicBoolean();
          CompletableFuture<Void> ending =
              CompletableFuture.runAsync(
                  () -> {
                    while (!isOver.get()) {
                      cancel.run();
                    }
                  });
          return () -> {
            isOver.set(true);
            ending.join();
          };
        };
    Analytics analytics = new Analytics(database.as("control_api"), log, gone);
    assertThatThrownBy(
            () ->
                analytics.read(
                    Kind.DASHBOARD,
                    reading -> {
                      // Asks on until it is ended.
                      while (true) {
                        reading.answer(EVER);
                      }
                    }))
        .hasMessageContaining("canceling statement");
    log.write();
    assertThat(alerts(CalculationLog.FAILED)).isEmpty();
  }

  @Test
  @DisplayName("OB-1: what cannot be written at the end is no reason not to end")
  void closesWithoutDatabase() {
    Database api = database.as("control_api");
    CalculationLog other = new CalculationLog(api, clock);
    other.start(control.alerts);
    api.close();
    other.ended(Kind.DASHBOARD, Duration.ofSeconds(1), true);
    other.close();
    other.close();
    assertThat(level().measure().sample()).isZero();
  }
}
