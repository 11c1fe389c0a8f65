package com.freelync.control.automation;

import com.freelync.control.automation.QueueDao.Ended;
import com.freelync.control.automation.safety.StepWaits;
import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What follows the end of an execution, whichever way it came: others of its automation may begin,
 * and who counts executions hears of it.
 */
public final class ExecutionEnds {
  private final Outbox outbox;
  private volatile Listener listener = end -> {};

  public ExecutionEnds(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * An execution that ended.
   *
   * @param automation its automation's name in the version that ran
   * @param took from its trigger to its end
   * @param hasRun whether it ever began
   */
  public record End(String automation, String status, Duration took, boolean hasRun) {}

  /** Hears of each end once, after its commit, in the process that recorded it. */
  @FunctionalInterface
  public interface Listener {
    void ended(End end);
  }

  /** Sets who hears of ends; it must not block. */
  public void onEnd(Listener heard) {
    this.listener = heard;
  }

  /** In the transaction that ended it. */
  void over(Transaction transaction, UUID executionId) {
    QueueDao dao = transaction.attach(QueueDao.class);
    Ended ended = dao.ended(executionId).orElseThrow();
    if (ended.isQueued()) {
      dao.leave(executionId);
    }
    if (ended.isHeld()) {
      StepWaits.forget(transaction, executionId);
    }
    if (ended.hasLane()) {
      outbox.append(transaction, Turns.TURN, ended.workflowId().toString(), Map.of(), null);
    }
    Instant began = ended.startedAt();
    End end =
        new End(
            ended.name(),
            ended.status(),
            Duration.between(ended.createdAt(), ended.finishedAt()),
            began != null);
    transaction.afterCommit(() -> listener.ended(end));
  }
}
