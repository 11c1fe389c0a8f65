package com.freelync.control.worker;

import static com.freelync.control.payout.CorrectionKind.RETRY;
import static com.freelync.control.payout.CorrectionKind.REVERSAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.freelync.control.audit.Actor;
import com.freelync.control.payout.Correction;
import com.freelync.control.payout.CorrectionInput;
import com.freelync.control.payout.CorrectionKind;
import com.freelync.control.payout.LostCorrections;
import com.freelync.control.payout.Payouts;
import com.freelync.control.payout.Transfer;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries and reversals on real parts, with a gateway of bad manners and a death in between. */
class CorrectionRunTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Actor OPERATOR = new Actor("operator", "request-3");

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
  void clearFaults() {
    real.clearFaults();
    faults.clear();
  }

  private static void awaitStatus(UUID payout, String status) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(real.marketplace.status(payout)).isEqualTo(status));
  }

  private static UUID failed() {
    real.fault("refuse", 1);
    UUID payout = real.request("4200.00");
    awaitStatus(payout, "FAILED");
    return payout;
  }

  private static UUID paid() {
    UUID payout = real.request("4200.00");
    awaitStatus(payout, "DISBURSED");
    return payout;
  }

  private static UUID ask(UUID payout, CorrectionKind kind) {
    UUID id = UUID.randomUUID();
    real.api.correctionRequests.request(id, payout, kind, "a test", OPERATOR);
    return id;
  }

  private static Correction awaitEnd(UUID payout) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> real.api.payouts.get(payout).corrections().getLast().status().isSettled());
    return real.api.payouts.get(payout).corrections().getLast();
  }

  private static long gateway(String sql, UUID payout) {
    return real.database
        .as("gateway")
        .read(
            handle ->
                handle.createQuery(sql).bind("payout", payout.toString()).mapTo(Long.class).one());
  }

  private static void rewrite(String sql, UUID payout) {
    real.database
        .as("gateway")
        .transaction(
            tx -> tx.handle().createUpdate(sql).bind("payout", payout.toString()).execute());
  }

  private static long timesPaid(UUID payout) {
    return gateway(
        "SELECT count(*) FROM gateway.disbursements WHERE payout_id = :payout AND status = 'PAID'",
        payout);
  }

  private static long timesReversed(UUID payout) {
    return gateway(
        "SELECT count(*) FROM gateway.reversals WHERE payout_id = :payout AND status = 'REVERSED'",
        payout);
  }

  private static void assertBalanced() {
    assertThat(real.api.payouts.imbalance()).isZero();
  }

  @Test
  @DisplayName("PO-1 PO-2: a payout that failed is sent again by a new key, and paid once")
  void retries() {
    UUID payout = failed();
    UUID correction = ask(payout, RETRY);
    awaitStatus(payout, "DISBURSED");
    Payouts.Detail detail = real.api.payouts.get(payout);
    assertThat(detail.transfers())
        .extracting(Transfer::idempotencyKey)
        .containsExactly(payout + "/a1", payout + "/a2");
    assertThat(timesPaid(payout)).isEqualTo(1);
    assertBalanced();
    Histories.keep(real, "payout-retried", CorrectionInput.temporalId(payout, correction));
  }

  @Test
  @DisplayName("PO-2: a payout that the gateway paid after all is not sent again")
  void believesTheGateway() {
    UUID payout = failed();
    rewrite(
        "UPDATE gateway.disbursements SET status = 'PAID', reason = NULL WHERE payout_id = :payout",
        payout);
    UUID correction = ask(payout, RETRY);
    assertThat(awaitEnd(payout).refusal()).contains("The gateway says that it paid");
    assertThat(real.api.payouts.get(payout).transfers()).hasSize(1);
    assertThat(timesPaid(payout)).isEqualTo(1);
    assertThat(real.marketplace.status(payout)).isEqualTo("FAILED");
    Histories.keep(real, "payout-retry-refused", CorrectionInput.temporalId(payout, correction));
  }

  @Test
  @DisplayName("PO-2: an attempt that the gateway has never heard of is not followed by another")
  void waitsForADefiniteAnswer() {
    UUID payout = failed();
    rewrite("DELETE FROM gateway.disbursements WHERE payout_id = :payout", payout);
    ask(payout, RETRY);
    assertThat(awaitEnd(payout).refusal()).contains("does not know");
    assertThat(real.api.payouts.get(payout).transfers()).hasSize(1);
  }

  @ParameterizedTest(name = "PO-1 PO-3: {0}: what was paid is taken back once")
  @ValueSource(strings = {"none", "timeout_after_success", "duplicate", "error"})
  void reverses(String fault) {
    UUID payout = paid();
    if (!fault.equals("none")) {
      real.fault(fault, 1);
    }
    UUID correction = ask(payout, REVERSAL);
    awaitStatus(payout, "REVERSED");
    assertThat(timesReversed(payout)).isEqualTo(1);
    assertThat(real.api.payouts.get(payout).ledger()).hasSize(8);
    assertBalanced();
    if (fault.equals("none")) {
      Histories.keep(real, "payout-reversed", CorrectionInput.temporalId(payout, correction));
    }
  }

  @Test
  @DisplayName("PO-1: what the gateway refuses to take back stays paid")
  void staysPaid() {
    UUID payout = paid();
    real.fault("refuse", 1);
    ask(payout, REVERSAL);
    assertThat(awaitEnd(payout).refusal()).startsWith("The gateway refused:");
    assertThat(real.marketplace.status(payout)).isEqualTo("DISBURSED");
    assertThat(timesReversed(payout)).isZero();
    ask(payout, REVERSAL);
    awaitStatus(payout, "REVERSED");
    assertThat(timesReversed(payout)).isEqualTo(1);
  }

  @Test
  @DisplayName("PO-1: what failed is given up once the gateway says that it refused")
  void givesUp() {
    UUID payout = failed();
    ask(payout, REVERSAL);
    awaitStatus(payout, "REVERSED");
    assertThat(timesReversed(payout)).isZero();
    assertBalanced();
  }

  @Test
  @DisplayName("PO-2: a death between the gateway's yes and our record takes money back once")
  void survivesADeath() {
    UUID payout = paid();
    faults.status("DONE");
    UUID correction = ask(payout, REVERSAL);
    String id = CorrectionInput.temporalId(payout, correction);
    await().atMost(LONG).until(() -> timesReversed(payout) == 1);
    WorkflowStub workflow = real.connection.client().newUntypedWorkflowStub(id);
    workflow.terminate("by hand");
    assertThat(real.marketplace.status(payout)).isEqualTo("DISBURSED");
    faults.clear();
    LostCorrections lost =
        new LostCorrections(
            real.control.corrections, real.connection.client(), Duration.ofMillis(-1));
    lost.run();
    lost.run();
    awaitStatus(payout, "REVERSED");
    assertThat(timesReversed(payout)).isEqualTo(1);
    assertThat(real.api.payouts.get(payout).ledger()).hasSize(8);
    assertBalanced();
  }

  @Test
  @DisplayName("PO-2 AU-14: each step of a correction is tried until it is written")
  void writesUntilItIsWritten() {
    UUID failed = failed();
    UUID paid = paid();
    faults.everyOther();
    ask(failed, RETRY);
    ask(paid, REVERSAL);
    awaitStatus(failed, "DISBURSED");
    awaitStatus(paid, "REVERSED");
    assertThat(timesPaid(failed)).isEqualTo(1);
    assertThat(timesReversed(paid)).isEqualTo(1);
    assertBalanced();
  }
}
