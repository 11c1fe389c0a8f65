package com.freelync.control.automation;

import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records executions, and owes those that run to Temporal, in one transaction. */
public final class ExecutionIntake {
  /** The topic of the message that starts a run. */
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
            .map(execution -> new Outbox.Item(execution.id().toString(), runInput(execution)))
            .toList();
    outbox.append(transaction, RUN, runs, requestId);
  }

  /** What the workflow is given: the definition and the facts it was decided on. */
  private static Map<String, Object> runInput(NewExecution execution) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("execution_id", execution.id());
    input.put("run", 1);
    input.put("workflow_id", execution.automation().id());
    input.put("version", execution.automation().version());
    input.put("name", execution.automation().name());
    input.put("definition", execution.automation().document());
    input.put("facts", execution.facts());
    input.put("trigger_data", execution.triggerData());
    input.put("triggered_by", execution.triggeredBy());
    input.put("why", execution.why());
    input.put("entity", execution.entityType() + "/" + execution.entityId());
    return input;
  }
}
