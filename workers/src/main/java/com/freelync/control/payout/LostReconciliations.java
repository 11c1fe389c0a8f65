package com.freelync.control.payout;

import com.freelync.control.temporal.RunState;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds reconciliations that no workflow is at work on, and takes them up where they stand. */
public final class LostReconciliations implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LostReconciliations.class);

  private final Reconciliations reconciliations;
  private final WorkflowClient client;
  private final Duration age;

  /**
   * @param age how old a run must be before it is looked at
   */
  public LostReconciliations(Reconciliations reconciliations, WorkflowClient client, Duration age) {
    this.reconciliations = reconciliations;
    this.client = client;
    this.age = age;
  }

  @Override
  public void run() {
    for (Reconciliation run : reconciliations.running(age)) {
      String id = ReconciliationInput.temporalId(run.id());
      if (RunState.of(client, id) != RunState.OPEN) {
        LOG.warn("No workflow is at work on {}: it is taken up again", id);
        new ReconciliationMessages(client).takeUp(run);
      }
    }
  }
}
