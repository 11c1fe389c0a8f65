package com.freelync.control.automation;

import com.freelync.control.database.Json;
import com.freelync.control.outbox.MessageHandler;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.temporal.ControlAttributes;
import com.freelync.control.temporal.Starts;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Starts and cancels the durable runs of executions. */
public final class RunMessages {
  private final WorkflowClient client;

  public RunMessages(WorkflowClient client) {
    this.client = client;
  }

  /** The handlers by topic. */
  public Map<String, MessageHandler> handlers() {
    return Map.of(
        ExecutionIntake.RUN, this::start,
        Executions.CANCEL, this::cancel,
        ExecutionSubject.DECIDED, this::ring);
  }

  private void start(OutboxMessage message) {
    RunInput input = input(message);
    Starts.once(
        client,
        "AutomationRun",
        WorkflowOptions.newBuilder()
            .setTaskQueue(TaskQueues.AUTOMATION)
            .setWorkflowId(input.temporalId())
            .setTypedSearchAttributes(
                SearchAttributes.newBuilder()
                    .set(ControlAttributes.CAPABILITY, "automation")
                    .set(ControlAttributes.AUTOMATION_NAME, input.name())
                    .set(ControlAttributes.TRIGGERED_BY, input.triggeredBy())
                    .set(ControlAttributes.SIMULATED, false)
                    .build())
            .setStaticSummary(input.name() + (input.entity() == null ? "" : ": " + input.entity()))
            .setStaticDetails(
                "Version "
                    + input.version()
                    + ", triggered by "
                    + input.triggeredBy()
                    + (input.why() == null ? "" : " (" + input.why() + ")")),
        input);
  }

  /** Wakes a run that waits for people: it reads what they decided in the database. */
  private void ring(OutboxMessage message) {
    try {
      running(message).signal("decided");
    } catch (WorkflowNotFoundException e) {
      // It is over, so nobody waits any more.
    }
  }

  private WorkflowStub running(OutboxMessage message) {
    int run = ((Number) message.payload().getOrDefault("run", 1)).intValue();
    return client.newUntypedWorkflowStub(RunInput.temporalId(UUID.fromString(message.key()), run));
  }

  private void cancel(OutboxMessage message) {
    try {
      running(message).cancel();
    } catch (WorkflowNotFoundException e) {
      // It is over, or has not begun and then finds in the database that it is cancelled.
    }
  }

  private static RunInput input(OutboxMessage message) {
    Map<String, Object> payload = message.payload();
    return new RunInput(
        UUID.fromString(message.key()),
        ((Number) payload.getOrDefault("run", 1)).intValue(),
        UUID.fromString(text(payload, "workflow_id")),
        ((Number) payload.getOrDefault("version", 1)).intValue(),
        text(payload, "name"),
        object(payload, "definition"),
        object(payload, "facts"),
        object(payload, "trigger_data"),
        text(payload, "triggered_by"),
        optional(payload, "why"),
        optional(payload, "entity"),
        message.requestId());
  }

  private static String text(Map<String, Object> payload, String field) {
    return String.valueOf(payload.get(field));
  }

  private static @Nullable String optional(Map<String, Object> payload, String field) {
    Object value = payload.get(field);
    return value == null ? null : value.toString();
  }

  private static Map<String, Object> object(Map<String, Object> payload, String field) {
    return payload.get(field) instanceof Map<?, ?> map
        ? Json.readObject(Json.write(map))
        : Map.of();
  }
}
