package com.freelync.control.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.freelync.control.alert.AlertFilter;
import com.freelync.control.audit.Actor;
import com.freelync.control.database.Cursor;
import com.freelync.control.payout.Difference;
import com.freelync.control.payout.DifferenceKind;
import com.freelync.control.payout.LostReconciliations;
import com.freelync.control.payout.Reconciliation;
import com.freelync.control.payout.ReconciliationInput;
import com.freelync.control.payout.ReconciliationStatus;
import com.freelync.control.payout.ReconciliationWork;
import com.freelync.control.payout.Reconciliations;
import io.temporal.client.WorkflowExecutionMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("PO-3: the gateway's book held against ours, on a real Temporal server")
class ReconciliationRunTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Africa/Addis_Ababa"));
  private static final Actor OPERATOR = new Actor("operator", "request-4");

  @TempDir static Path state;
  private static RealWorker real;
  private static Faults faults;

  @BeforeAll
  static void start() {
    real = new RealWorker(state);
    faults = new Faults(real.database);
  }

  @AfterAll
  static void stop() {
    real.close();
  }

  @BeforeEach
  void emptyBook() {
    faults.clear();
    gateway("DELETE FROM gateway.disbursements");
  }

  private static void gateway(String sql, Object... values) {
    real.database.as("gateway").transaction(tx -> tx.handle().execute(sql, values));
  }

  private static UUID paid() {
    UUID payout = real.request("4200.00");
    await().atMost(LONG).until(() -> real.marketplace.status(payout).equals("DISBURSED"));
    return payout;
  }

  /** Entries that we know nothing of. */
  private static void strangers(int count) {
    gateway(
        """
        INSERT INTO gateway.disbursements
        SELECT 'stranger_' || n, 'key ' || n, gen_random_uuid(), 1, 'ETB', 'nobody', 'PAID', NULL,
               now() - n * interval '1 microsecond'
          FROM generate_series(1, ?) n
        """,
        count);
  }

  /** Days on both sides, so that the test may run at midnight. */
  private static UUID ask() {
    UUID id = UUID.randomUUID();
    real.api.reconciliations.request(id, TODAY.minusDays(1), TODAY.plusDays(2), "a test", OPERATOR);
    return id;
  }

  private static Reconciliations.Detail awaitEnd(UUID id) {
    await()
        .atMost(LONG)
        .until(
            () -> real.api.reconciliations.get(id).run().status() != ReconciliationStatus.RUNNING);
    return real.api.reconciliations.get(id);
  }

  @Test
  @DisplayName("PO-1 PO-3: what differs is found with both figures, and found again tells nobody")
  void findsDifferences() {
    UUID sound = paid();
    UUID less = paid();
    UUID twice = paid();
    gateway("UPDATE gateway.disbursements SET amount = 4000 WHERE payout_id = ?", less.toString());
    gateway(
        """
        INSERT INTO gateway.disbursements
        SELECT 'again', 'again', payout_id, amount, currency, recipient, status, reason, created_at
          FROM gateway.disbursements WHERE payout_id = ?
        """,
        twice.toString());
    UUID id = ask();
    Reconciliations.Detail found = awaitEnd(id);
    assertThat(found.differences())
        .extracting(
            Difference::kind,
            Difference::payoutId,
            Difference::ourSantim,
            Difference::gatewaySantim)
        .containsExactly(
            tuple(DifferenceKind.PAID_TWICE, twice, 0L, 420_000L),
            tuple(DifferenceKind.AMOUNT_DIFFERS, less, 420_000L, 400_000L));
    assertThat(found.run().gatewaySantim()).isEqualTo(3 * 420_000 + 400_000);
    assertThat(found.run().ourSantim()).isEqualTo(3 * 420_000);
    assertThat(found.differences()).noneMatch(one -> sound.equals(one.payoutId()));
    Histories.keep(real, "reconciliation", ReconciliationInput.temporalId(id));
    assertThat(awaitEnd(ask()).differences()).isEqualTo(found.differences());
    assertThat(
            real.api.alertList.list(
                new AlertFilter(null, ReconciliationWork.RULE, null), Cursor.START, 10))
        .hasSize(2)
        .allSatisfy(alert -> assertThat(alert.occurrences()).isEqualTo(2));
  }

  @Test
  @DisplayName("PO-3: a run that is killed at its second page goes on there, and counts each once")
  void goesOnAfterADeath() {
    strangers(450);
    faults.page(2);
    UUID id = ask();
    await().atMost(LONG).until(() -> real.api.reconciliations.get(id).run().pages() == 1);
    real.connection
        .client()
        .newUntypedWorkflowStub(ReconciliationInput.temporalId(id))
        .terminate("by hand");
    assertThat(real.api.reconciliations.get(id).run().entries()).isEqualTo(200);
    faults.clear();
    LostReconciliations lost =
        new LostReconciliations(
            real.control.reconciliations, real.connection.client(), Duration.ofMillis(-1));
    lost.run();
    lost.run();
    Reconciliation run = awaitEnd(id).run();
    assertThat(run.status()).isEqualTo(ReconciliationStatus.COMPLETED);
    assertThat(run.pages()).isEqualTo(3);
    assertThat(run.entries()).isEqualTo(450);
    assertThat(run.differences()).isEqualTo(450);
    assertThat(run.gatewaySantim()).isEqualTo(45_000);
  }

  @Test
  @DisplayName("PO-3: the schedule reconciles the business day that has ended, once")
  void isScheduled() {
    await().atMost(LONG).until(() -> scheduled().size() == 1);
    Reconciliation run = awaitEnd(scheduled().getFirst().id()).run();
    assertThat(run.status()).isEqualTo(ReconciliationStatus.COMPLETED);
    assertThat(run.endsAt())
        .isEqualTo(TODAY.atStartOfDay(ZoneId.of("Africa/Addis_Ababa")).toInstant());
    assertThat(real.control.reconciliations.owe()).isEmpty();
    await().atMost(LONG).until(() -> !days().isEmpty());
    Histories.keep(real, "reconciliation-day", days().getFirst());
  }

  private static List<Reconciliation> scheduled() {
    return real.api.reconciliations.list(null, Cursor.START, 50).stream()
        .filter(run -> run.origin().equals("SCHEDULED"))
        .toList();
  }

  private static List<String> days() {
    return real.connection
        .client()
        .listExecutions("WorkflowType = 'ReconciliationDay'")
        .map(WorkflowExecutionMetadata::getExecution)
        .map(execution -> execution.getWorkflowId())
        .toList();
  }
}
