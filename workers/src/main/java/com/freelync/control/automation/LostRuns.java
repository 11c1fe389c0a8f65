package com.freelync.control.automation;

import com.freelync.control.automation.OpenRuns.OpenRun;
import com.freelync.control.database.Cursor;
import com.freelync.control.temporal.RunState;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds executions on which no run is at work. A run records its own end, but one that an operator
 * terminates in Temporal cannot; and a Temporal that was restored from a backup may have forgotten
 * it. Doing this twice, or in two processes at once, changes nothing.
 */
public final class LostRuns implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LostRuns.class);
  private static final int BATCH = 200;

  private final OpenRuns runs;
  private final WorkflowClient client;
  private final Duration age;
  private Cursor after = Cursor.START;

  /**
   * @param age how old an execution must be before it is looked at
   */
  public LostRuns(OpenRuns runs, WorkflowClient client, Duration age) {
    this.runs = runs;
    this.client = client;
    this.age = age;
  }

  /** Looks at the next batch, and begins again after the last. */
  @Override
  public void run() {
    List<OpenRun> open = runs.list(age, after, BATCH);
    open.forEach(this::mend);
    after = open.size() < BATCH ? Cursor.START : open.getLast().cursor();
  }

  private void mend(OpenRun run) {
    String id = RunInput.temporalId(run.id(), run.run());
    switch (RunState.of(client, id)) {
      case OPEN -> {}
      case CLOSED -> {
        if (runs.lost(run.id(), "closed")) {
          LOG.warn("{} was ended in Temporal: its execution is ended as well", id);
        }
      }
      case UNKNOWN -> {
        LOG.warn("Temporal does not know {}: it is started again", id);
        runs.startAgain(run.id());
      }
    }
  }
}
