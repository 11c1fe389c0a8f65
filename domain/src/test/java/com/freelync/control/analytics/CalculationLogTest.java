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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OB-1 OB-4: how long metrics take is measured, and alerted")
class CalculationLogTest {
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

  @Test
  @DisplayName("OB-2: a calculation that fails alerts, and the next one that succeeds clears it")
  void failed() {
    assertThatThrownBy(
            () ->
                control.analytics.read(
                    Kind.SNAPSHOT,
                    reading -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    log.write();
    assertThat(alerts(CalculationLog.FAILED))
        .singleElement()
        .satisfies(alert -> assertThat(alert.state()).isEqualTo(AlertState.FIRING));
    control.analytics.read(Kind.SNAPSHOT, Reading::asOf);
    log.write();
    assertThat(alerts(CalculationLog.FAILED))
        .singleElement()
        .satisfies(alert -> assertThat(alert.state()).isEqualTo(AlertState.RESOLVED));
  }
}
