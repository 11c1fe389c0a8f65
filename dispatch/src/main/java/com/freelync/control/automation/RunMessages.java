package com.freelync.control.automation;

import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.outbox.MessageHandler;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.temporal.ControlAttributes;
import com.freelync.control.temporal.RunState;
import com.freelync.control.temporal.Starts;
import com.freelync.control.temporal.TaskQueues;
import com.freelync.control.temporal.Texts;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import java.util.Map;
import java.util.UUID;

/** Starts and cancels the durable runs of executions, and lets those begin whose turn it is. */
public final class RunMessages {
  /** Of a workflow's summary, which Temporal refuses beyond 400 bytes. */
  private static final int LONGEST_SUMMARY = 200;

  private final WorkflowClient client;
  private final Runs runs;
  private final Turns turns;
  private final Bulks bulks;

  public RunMessages(WorkflowClient client, Runs runs, Turns turns, Bulks bulks) {
    this.client = client;
    this.runs = runs;
    this.turns = turns;
    this.bulks = bulks;
  }

  /** The handlers by topic. */
  public Map<String, MessageHandler> handlers() {
    return Map.of(
        ExecutionIntake.RUN, this::start,
        Turns.TURN, message -> turns.next(UUID.fromString(message.key())),
        Bulks.BULK, this::bulk,
        Executions.CANCEL, this::cancel,
        ExecutionSubject.DECIDED, this::ring);
  }

  private void bulk(OutboxMessage message) {
    int batch = ((Number) message.payload().getOrDefault("batch", 0)).intValue();
    bulks.next(UUID.fromString(message.key()), batch);
  }

  private void start(OutboxMessage message) {
    runs.start(UUID.fromString(message.key())).ifPresent(this::start);
  }

  private void start(RunStart start) {
    RunInput input = RunInput.of(start);
    Starts.once(
        client,
        "AutomationRun",
        WorkflowOptions.newBuilder()
            .setTaskQueue(TaskQueues.AUTOMATION)
            .setWorkflowId(input.temporalId())
            .setTypedSearchAttributes(attributes(input))
            .setStaticSummary(Texts.shortened(summary(start), LONGEST_SUMMARY))
            .setStaticDetails(
                "Version "
                    + input.version()
                    + ", triggered by "
                    + input.triggeredBy()
                    + (input.why() == null ? "" : " (" + input.why() + ")")),
        input);
    Failpoint.RUN_STARTED.reach();
  }

  /** By what operators find a run, and what belongs to it. */
  public static SearchAttributes attributes(RunInput input) {
    return SearchAttributes.newBuilder()
        .set(ControlAttributes.CAPABILITY, "automation")
        .set(ControlAttributes.AUTOMATION_NAME, input.name())
        .set(ControlAttributes.TRIGGERED_BY, input.triggeredBy())
        .set(ControlAttributes.SIMULATED, false)
        .build();
  }

  private static String summary(RunStart start) {
    Object amount = start.facts().get("amount");
    return start.name()
        + (start.entityType() == null ? "" : ": " + start.entityType() + "/" + start.entityId())
        + (amount == null ? "" : ", " + amount + " ETB");
  }

  /** Wakes a run that waits for people: it reads what they decided in the database. */
  private void ring(OutboxMessage message) {
    String id = String.valueOf(message.payload().getOrDefault("workflow", temporalId(message)));
    try {
      client.newUntypedWorkflowStub(id).signal("decided", message.payload().get("place"));
      Failpoint.DOORBELL_RUNG.reach();
    } catch (WorkflowNotFoundException e) {
      // It is over, so nobody waits any more.
    }
  }

  private static String temporalId(OutboxMessage message) {
    int run = ((Number) message.payload().getOrDefault("run", 1)).intValue();
    return RunInput.temporalId(UUID.fromString(message.key()), run);
  }

  private void cancel(OutboxMessage message) {
    String id = temporalId(message);
    try {
      client.newUntypedWorkflowStub(id).cancel();
    } catch (WorkflowNotFoundException e) {
      // It has not begun, and then finds in the database that it is cancelled; or it is gone.
    }
    // One that was terminated takes the request in silence: nobody else records its end.
    if (RunState.of(client, id) != RunState.OPEN) {
      runs.cancelledWithoutRun(UUID.fromString(message.key()));
    }
  }
}
