package com.freelync.control.automation;

import com.freelync.control.database.Transaction;
import com.freelync.control.failpoint.Failpoint;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records executions, and lets those begin that run and whose turn it is, in one transaction. */
public final class ExecutionIntake {
  /** The topic of the message that starts a run; it carries nothing but the execution's id. */
  public static final String RUN = "automation.run";

  private final Turns turns;
  private final Clock clock;

  public ExecutionIntake(Turns turns, Clock clock) {
    this.turns = turns;
    this.clock = clock;
  }

  /** Records all; an execution that exists already (same id, or same event) is left as it is. */
  void record(Transaction transaction, List<NewExecution> executions, @Nullable String requestId) {
    if (executions.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Set<UUID> inserted =
        transaction
            .attach(ExecutionDao.class)
            .insert(ExecutionDao.InsertRows.of(executions, requestId, now));
    turns.take(
        transaction,
        executions.stream()
            .filter(execution -> inserted.contains(execution.id()))
            .filter(execution -> execution.decision() instanceof NewExecution.Decision.Run)
            .toList(),
        requestId);
    Failpoint.EXECUTIONS_RECORDED.reach();
  }
}
