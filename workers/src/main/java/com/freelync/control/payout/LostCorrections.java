package com.freelync.control.payout;

import com.freelync.control.temporal.RunState;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds corrections that no workflow is at work on and takes them up again. Doing this twice, or in
 * two processes at once, changes nothing.
 */
public final class LostCorrections implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LostCorrections.class);
  private static final int BATCH = 200;

  private final Corrections corrections;
  private final WorkflowClient client;
  private final Duration age;

  /**
   * @param age how old a correction must be before it is looked at
   */
  public LostCorrections(Corrections corrections, WorkflowClient client, Duration age) {
    this.corrections = corrections;
    this.client = client;
    this.age = age;
  }

  @Override
  public void run() {
    corrections.unsettled(age, BATCH).forEach(this::mend);
  }

  private void mend(Correction correction) {
    String id = CorrectionInput.temporalId(correction.payoutId(), correction.id());
    if (RunState.of(client, id) != RunState.OPEN) {
      LOG.warn("No workflow is at work on {}: it is taken up again", id);
      new CorrectionMessages(client).takeUp(correction);
    }
  }
}
