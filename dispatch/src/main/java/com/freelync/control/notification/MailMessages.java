package com.freelync.control.notification;

import com.freelync.control.outbox.MessageHandler;
import com.freelync.control.outbox.OutboxMessage;
import com.freelync.control.temporal.Starts;
import com.freelync.control.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import java.util.Map;
import java.util.UUID;

/** Starts the delivery of mails that are owed. */
public final class MailMessages {
  private final WorkflowClient client;

  public MailMessages(WorkflowClient client) {
    this.client = client;
  }

  /** The handlers by topic. */
  public Map<String, MessageHandler> handlers() {
    return Map.of(Notifications.MAIL, this::start);
  }

  private void start(OutboxMessage message) {
    MailInput input =
        new MailInput(
            UUID.fromString(String.valueOf(message.payload().get(Notifications.INBOX_ID))),
            message.requestId());
    Starts.once(
        client,
        "MailDelivery",
        Starts.options(
            TaskQueues.NOTIFICATION,
            input.temporalId(),
            "notification",
            "Mail of inbox message " + input.inboxId(),
            "Repeats by mail what a person was told in their inbox."),
        input);
  }
}
