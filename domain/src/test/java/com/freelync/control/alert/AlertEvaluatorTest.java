package com.freelync.control.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.ControlCenter;
import com.freelync.control.automation.FailureRate;
import com.freelync.control.database.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class AlertEvaluatorTest {
  private static final String RULE = "automation.high_failure_rate";
  private static final Duration SWEEP = Duration.ofSeconds(30);
  private final AlertFixture house = new AlertFixture();

  @AfterEach
  void drop() {
    house.close();
  }

  private UUID automation(String name) {
    UUID id = UUID.randomUUID();
    house.execute(
        """
        INSERT INTO control.automation_workflow (id, name, status, latest_version, created_by,
               created_at, updated_at) VALUES (?, ?, 'DRAFT', 1, 'admin', now(), now())
        """,
        id,
        name);
    house.execute(
        """
        INSERT INTO control.automation_version (workflow_id, version, definition, content_hash,
               moves_money, created_by, created_at)
        VALUES (?, 1, '{"name": "an automation"}', 'hash', false, 'admin', now())
        """,
        id);
    return id;
  }

  /** So many of its runs ended so, that long ago. */
  private void ended(UUID automation, String status, int runs, Duration ago) {
    house.execute(
        """
        INSERT INTO control.workflow_execution (id, workflow_id, workflow_version, status,
               trigger_type, triggered_by, trigger_data, facts, conditions, created_at, finished_at)
        SELECT gen_random_uuid(), ?, 1, ?, 'MANUAL', 'test', '{}', '{}', '[]', ?, ?
          FROM generate_series(1, ?)
        """,
        automation,
        status,
        house.clock.instant().minus(ago),
        house.clock.instant().minus(ago),
        runs);
  }

  private void sweep() {
    house.worker.alertEvaluator.run();
    house.clock.forward(SWEEP);
  }

  @Test
  @DisplayName("OB-2: one failed run of five is a failure rate of 20 %, which devops is told")
  void fires() {
    UUID automation = automation("Pays");
    ended(automation, "COMPLETED", 4, Duration.ofMinutes(30));
    ended(automation, "FAILED", 1, Duration.ofMinutes(1));
    sweep();
    Alert alert = house.only(automation.toString());
    assertThat(alert.rule()).isEqualTo(RULE);
    assertThat(alert.severity()).isEqualTo(AlertSeverity.HIGH);
    assertThat(alert.title()).isEqualTo("1 of 5 runs of Pays failed");
    assertThat(Json.readObject(alert.detailJson()))
        .containsEntry("value", new BigDecimal("0.2000"))
        .containsEntry("threshold", new BigDecimal("0.2"))
        .containsEntry("sample", 5)
        .containsEntry("window", "PT1H");
    assertThat(house.toldOf(alert.id())).containsExactly("devops");
  }

  @Test
  @DisplayName("OB-2: a rate below the threshold, and a sample that is too small, raise nothing")
  void staysSilent() {
    UUID good = automation("Good");
    ended(good, "COMPLETED", 9, Duration.ofMinutes(5));
    ended(good, "FAILED", 2, Duration.ofMinutes(5));
    UUID small = automation("Small");
    ended(small, "FAILED", 4, Duration.ofMinutes(5));
    UUID old = automation("Old");
    ended(old, "FAILED", 50, Duration.ofMinutes(61));
    UUID skipped = automation("Skipped");
    ended(skipped, "SKIPPED", 50, Duration.ofMinutes(5));
    ended(skipped, "FAILED", 4, Duration.ofMinutes(5));
    sweep();
    for (UUID one : List.of(small, old, skipped)) {
      assertThat(house.about(one.toString())).isEmpty();
    }
    assertThat(house.about(good.toString())).as("2 of 11").isEmpty();
  }

  @Test
  @DisplayName("OB-2: it is cleared by a good rate, and not by too few runs to say")
  void clears() {
    UUID automation = automation("Pays");
    ended(automation, "FAILED", 5, Duration.ZERO);
    sweep();
    house.clock.forward(Duration.ofHours(2));
    ended(automation, "COMPLETED", 4, Duration.ZERO);
    sweep();
    assertThat(house.only(automation.toString()).state()).isEqualTo(AlertState.FIRING);
    ended(automation, "COMPLETED", 1, Duration.ZERO);
    sweep();
    Alert over = house.only(automation.toString());
    assertThat(over.state()).isEqualTo(AlertState.RESOLVED);
    assertThat(over.reason()).isEqualTo("Measured 0.0000, no longer at least 0.2.");
  }

  @Test
  @DisplayName("OB-2: while it holds it is counted with each sweep, and told once")
  void countsWhileItHolds() {
    UUID automation = automation("Pays");
    ended(automation, "FAILED", 5, Duration.ZERO);
    for (int i = 0; i < 3; i++) {
      sweep();
    }
    Alert alert = house.only(automation.toString());
    assertThat(alert.occurrences()).isEqualTo(3);
    assertThat(house.told("devops", alert.id())).hasSize(1);
  }

  @RepeatedTest(5)
  @DisplayName("OB-2: eight workers at once measure a rule once")
  void manyWorkers() throws Exception {
    UUID automation = automation("Pays");
    ended(automation, "FAILED", 5, Duration.ZERO);
    Callable<Boolean> sweep =
        () -> {
          new ControlCenter(house.database.as("control_worker"), house.clock).alertEvaluator.run();
          return true;
        };
    try (ExecutorService workers = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> done : workers.invokeAll(Collections.nCopies(8, sweep))) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(house.only(automation.toString()).occurrences()).isEqualTo(1);
    assertThat(house.api.alertRules.get(RULE).evaluatedAt()).isEqualTo(house.clock.instant());
  }

  @Test
  @DisplayName(
      "OB-2: the rule's threshold, sample and switch are data, and hold from the next sweep")
  void rulesAreData() {
    UUID automation = automation("Pays");
    ended(automation, "FAILED", 2, Duration.ZERO);
    change(new AlertRuleChange(null, null, null, null, null, 2, false));
    sweep();
    assertThat(house.about(automation.toString())).as("switched off").isEmpty();
    change(new AlertRuleChange("low", null, null, BigDecimal.ONE, null, null, true));
    sweep();
    assertThat(house.only(automation.toString()).severity()).isEqualTo(AlertSeverity.LOW);
  }

  @Test
  @DisplayName("OB-2: a rule that cannot be measured keeps no other rule from it, and stays due")
  void onesFailureIsItsOwn() {
    UUID automation = automation("Pays");
    ended(automation, "FAILED", 5, Duration.ZERO);
    house.execute(
        """
        INSERT INTO control.alert_rule (name, description, severity, roles, channels, signal,
               comparison, threshold, time_window, minimum_sample)
        VALUES ('a.broken', 'Broken.', 'low', '{CTO}', '{in_app}', 'broken', 'gt', 1, interval '1 hour', 1)
        """);
    Signal broken =
        new Signal() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public List<Measurement> measure(Handle handle, Instant since) {
            throw new IllegalStateException("it is away");
          }
        };
    new AlertEvaluator(
            house.database.as("control_worker"),
            house.worker.alerts,
            List.of(broken, new FailureRate()),
            house.clock)
        .run();
    assertThat(house.only(automation.toString()).state()).isEqualTo(AlertState.FIRING);
    assertThat(house.api.alertRules.get("a.broken").evaluatedAt()).isNull();
  }

  @Test
  @DisplayName(
      "OB-2 OB-4: a calculation above 30 s is told as it is observed, the next good one clears")
  void observes() {
    assertThat(observe("30")).isEmpty();
    assertThat(observe("30.5").getFirst().state()).isEqualTo(AlertState.FIRING);
    Alert alert = house.only("metric:revenue");
    assertThat(alert.rule()).isEqualTo("analytics.calculation_slow");
    assertThat(house.toldOf(alert.id())).containsExactly("devops");
    assertThat(observe("2").getFirst().state()).isEqualTo(AlertState.RESOLVED);
  }

  private List<Alert> observe(String seconds) {
    house
        .database
        .as("control_api")
        .transaction(
            transaction -> {
              house.api.alertEvaluator.observe(
                  transaction,
                  "analytics.calculation_seconds",
                  new Measurement(
                      "metric:revenue",
                      "revenue took " + seconds + " s",
                      new BigDecimal(seconds),
                      1,
                      Map.of()));
              return transaction;
            });
    return house.about("metric:revenue");
  }

  private void change(AlertRuleChange change) {
    house.api.alertRules.change(RULE, change, null, AlertFixture.DEVOPS);
  }
}
