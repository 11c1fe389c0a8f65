package com.freelync.control.payout;

import com.freelync.control.temporal.RunState;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds transfers on which no workflow is at work, and takes them up: money that may be under way
 * is never left unasked, even if somebody terminates its workflow. Doing this twice, or in two
 * processes at once, changes nothing.
 */
public final class LostTransfers implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LostTransfers.class);
  private static final int BATCH = 200;

  private final Transfers transfers;
  private final WorkflowClient client;
  private final Duration age;
  private @Nullable Transfer after;

  /**
   * @param age how old a transfer must be before it is looked at
   */
  public LostTransfers(Transfers transfers, WorkflowClient client, Duration age) {
    this.transfers = transfers;
    this.client = client;
    this.age = age;
  }

  /** Looks at the next batch, and begins again after the last. */
  @Override
  public void run() {
    List<Transfer> unsettled = transfers.unsettled(age, after, BATCH);
    unsettled.forEach(this::mend);
    after = unsettled.size() < BATCH ? null : unsettled.getLast();
  }

  private void mend(Transfer transfer) {
    String id = TransferInput.temporalId(transfer.payoutId(), transfer.attempt());
    if (RunState.of(client, id) != RunState.OPEN) {
      LOG.warn("No workflow is at work on {}: it is taken up again", id);
      new TransferMessages(client).takeUp(transfer);
    }
  }
}
