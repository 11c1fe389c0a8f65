package com.freelync.control.notification;

import com.freelync.control.outbox.MessageHandler;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.temporal.ControlAttributes;
import com.freelync.control.temporal.Starts;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import java.util.Map;
import java.util.UUID;

/** Starts the delivery of messages to other systems that are owed. */
public final class OutgoingHandlers {
  private final WorkflowClient client;

  public OutgoingHandlers(WorkflowClient client) {
    this.client = client;
  }

  /** The handlers by topic. */
  public Map<String, MessageHandler> handlers() {
    return Map.of(OutgoingMessages.TOPIC, this::start);
  }

  private void start(OutboxMessage message) {
    OutgoingInput input =
        new OutgoingInput(
            UUID.fromString(String.valueOf(message.payload().get(OutgoingMessages.MESSAGE_ID))),
            message.requestId());
    Starts.once(
        client,
        "OutgoingDelivery",
        WorkflowOptions.newBuilder()
            .setTaskQueue(TaskQueues.NOTIFICATION)
            .setWorkflowId(input.temporalId())
            .setTypedSearchAttributes(
                SearchAttributes.newBuilder()
                    .set(ControlAttributes.CAPABILITY, "notification")
                    .set(ControlAttributes.SIMULATED, false)
                    .build())
            .setStaticSummary("Message " + input.messageId() + " to another system")
            .setStaticDetails("Delivers by webhook or chat what an automation tells."),
        input);
  }
}
