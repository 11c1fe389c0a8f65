package com.freelync.control.automation;

import com.freelync.control.database.Transaction;
import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records executions, and owes those that run to Temporal, in one transaction. */
public final class ExecutionIntake {
  /** The topic of the message that starts a run; it carries nothing but the execution's id. */
  public static final String RUN = "automation.run";

  private final Outbox outbox;
  private final Clock clock;

  public ExecutionIntake(Outbox outbox, Clock clock) {
    this.outbox = outbox;
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
    List<Outbox.Item> runs =
        executions.stream()
            .filter(execution -> inserted.contains(execution.id()))
            .filter(execution -> execution.decision() instanceof NewExecution.Decision.Run)
            .map(execution -> new Outbox.Item(execution.id().toString(), Map.of()))
            .toList();
    outbox.append(transaction, RUN, runs, requestId);
    Failpoint.EXECUTIONS_RECORDED.reach();
  }
}
