package com.freelync.control.notification;

import com.freelync.control.outbox.MessageHandler;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.temporal.Starts;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
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
        Starts.options(
            TaskQueues.NOTIFICATION,
            input.temporalId(),
            "notification",
            "Message " + input.messageId() + " to another system",
            "Delivers by webhook or chat what an automation tells."),
        input);
  }
}
