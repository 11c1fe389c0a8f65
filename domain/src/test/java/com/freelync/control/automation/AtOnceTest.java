package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.database.Database;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A run of one action, which begins, acts and ends in one transaction. */
class AtOnceTest {
  private static final Actor ADMIN = new Actor("admin", "request-1");

  private final TestDatabase database = TestDatabase.create();
  private final Marketplace marketplace = new Marketplace(database);
  private final ControlCenter api =
      new ControlCenter(database.as("control_api"), Clock.systemUTC());
  private final Database workers = database.as("control_worker");
  private final ControlCenter worker = new ControlCenter(workers, Clock.systemUTC());
  private final UUID payout = marketplace.payout(marketplace.goodSeller(), "10");
  private final UUID automation = UUID.randomUUID();
  private final UUID execution = UUID.randomUUID();

  AtOnceTest() {
    api.automations.create(
        automation,
        Map.of(
            "name",
            "Rejects",
            "trigger",
            "manual",
            "status",
            "ACTIVE",
            "steps",
            List.of(
                Map.of(
                    "action",
                    "reject_payout",
                    "with",
                    Map.of("payout_id", "${trigger.payout_id}", "reason", "a test")))),
        ADMIN);
    api.executions.execute(
        execution, automation, Map.of("payout_id", payout.toString()), null, ADMIN);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Attempt perform() {
    return worker.runSteps.perform(
        new RunSteps.Asked(
            execution, StepPlace.of("/steps/0"), Map.of(), 1, "nowhere", true, true));
  }

  private ExecutionRow row() {
    return api.executions.get(execution).row();
  }

  @Test
  @DisplayName("AU-6: it begins, acts and ends; asked again it says the same, and changes nothing")
  void endsAtOnce() {
    Attempt first = perform();
    Execution done = api.executions.get(execution);
    assertThat(first).isInstanceOf(Attempt.Done.class);
    assertThat(done.row().status()).isEqualTo("COMPLETED");
    assertThat(done.row().startedAt()).isNotNull();
    assertThat(done.row().finishedAt()).isNotNull();
    assertThat(marketplace.status(payout)).isEqualTo("REJECTED");
    assertThat(perform()).isEqualTo(first);
    assertThat(api.executions.get(execution)).isEqualTo(done);
  }

  @Test
  @DisplayName("AU-6 AU-13: where the action is held up, the run has begun all the same")
  void beginsAndWaits() {
    api.safeguards.kill(automation, true, "a test", ADMIN);
    assertThat(perform()).isInstanceOf(Attempt.Waits.class);
    assertThat(row().status()).isEqualTo("RUNNING");
    assertThat(row().startedAt()).isNotNull();
    api.safeguards.kill(automation, false, "mended", ADMIN);
    assertThat(perform()).isInstanceOf(Attempt.Done.class);
    assertThat(row().status()).isEqualTo("COMPLETED");
  }

  @Test
  @DisplayName("AU-6: what is refused ends no run, and the run has begun")
  void beginsAndIsRefused() {
    marketplace.move(payout, "APPROVED");
    assertThat(perform()).isInstanceOf(Attempt.Refused.class);
    assertThat(row().status()).isEqualTo("RUNNING");
    assertThat(row().finishedAt()).isNull();
  }

  @Test
  @DisplayName("AU-13: what was cancelled before it began neither begins nor acts")
  void isOverBefore() {
    api.executions.cancel(execution, "a test", false, ADMIN);
    worker.runs.cancelledWithoutRun(execution);
    assertThat(perform()).isInstanceOf(Attempt.Cancelled.class);
    assertThat(row().status()).isEqualTo("CANCELLED");
    assertThat(row().startedAt()).isNull();
    assertThat(marketplace.status(payout)).isEqualTo("REQUESTED");
  }

  @Test
  @DisplayName("AU-9 AU-13: whoever is cancelled while it is held up leaves nobody in the queue")
  void leavesNoWait() throws Exception {
    api.safeguards.kill(automation, true, "a test", ADMIN);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 40; round++) {
        UUID id = UUID.randomUUID();
        api.executions.execute(id, automation, Map.of("payout_id", payout.toString()), null, ADMIN);
        Future<Attempt> attempt =
            threads.submit(
                () ->
                    worker.runSteps.perform(
                        new RunSteps.Asked(
                            id, StepPlace.of("/steps/0"), Map.of(), 1, "nowhere", true, true)));
        threads.submit(() -> api.executions.cancel(id, "a test", false, ADMIN)).get();
        attempt.get();
        worker.runs.cancelledWithoutRun(id);
      }
    }
    int left =
        database
            .as("control_owner")
            .read(
                handle ->
                    handle
                        .createQuery(
                            """
                            SELECT count(*) FROM control.execution_wait w
                              JOIN control.workflow_execution e ON e.id = w.execution_id
                             WHERE e.finished_at IS NOT NULL
                            """)
                        .mapTo(Integer.class)
                        .one());
    assertThat(left).isZero();
  }
}
