package com.freelync.control.notification;

import com.freelync.control.audit.Actor;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.webhook.WebhookAnswer;
import com.freelync.control.webhook.WebhookInputs;
import com.freelync.control.webhook.Webhooks;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages to other systems: owed in the transaction that decides them, delivered afterwards. */
public final class OutgoingMessages {
  /** The topic of the outbox under which they are owed. */
  public static final String TOPIC = "notification.outgoing";

  /** The one field of such a message: the row, where everything else is read. */
  public static final String MESSAGE_ID = "message_id";

  private final Database database;
  private final Outbox outbox;
  private final Webhooks webhooks;
  private final Clock clock;

  public OutgoingMessages(Database database, Outbox outbox, Webhooks webhooks, Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.webhooks = webhooks;
    this.clock = clock;
  }

  /**
   * Owes a message, in the caller's transaction; the same id is owed once.
   *
   * @return whether it is new
   */
  boolean owe(Transaction transaction, OutgoingMessage message) {
    if (transaction.attach(OutgoingMessageDao.class).insert(message) == 0) {
      return false;
    }
    String id = message.id().toString();
    outbox.append(transaction, TOPIC, id, Map.of(MESSAGE_ID, id), message.requestId());
    return true;
  }

  /**
   * Delivers a message that is owed, and writes down what the other side definitely said. Delivered
   * and not written down it is delivered again, with the same id.
   *
   * @return what came of it; empty if it was settled before
   */
  public Optional<WebhookAnswer> deliver(UUID id) {
    Optional<OutgoingMessage> owed =
        database
            .read(handle -> handle.attach(OutgoingMessageDao.class).find(id))
            .filter(message -> message.status().equals("OWED"));
    return owed.map(
        message -> {
          WebhookAnswer answer =
              webhooks.call(order(message), new Actor(message.actor(), message.requestId()));
          switch (answer) {
            case WebhookAnswer.Taken taken -> end(id, "SENT", null);
            case WebhookAnswer.Refused refused -> end(id, "REFUSED", refused.reason());
            case WebhookAnswer.NotNow notNow -> {}
          }
          return answer;
        });
  }

  /** Gives a message up. */
  public void giveUp(UUID id) {
    end(id, "FAILED", "It was not taken for a day.");
  }

  private void end(UUID id, String status, @Nullable String problem) {
    database.transaction(
        transaction ->
            transaction.attach(OutgoingMessageDao.class).end(id, status, problem, clock.instant()));
  }

  private static Webhooks.Order order(OutgoingMessage message) {
    return new Webhooks.Order(
        message.id().toString(),
        WebhookInputs.url(message.url()),
        "POST",
        Json.write(message.channel().equals("chat") ? chat(message) : event(message)),
        Map.of(),
        message.secret(),
        null);
  }

  /** The one form that Slack, Mattermost, Google Chat and others take. */
  private static Map<String, Object> chat(OutgoingMessage message) {
    return Map.of("text", "*" + message.subject() + "*\n" + message.text());
  }

  /** As Standard Webhooks advises: a type, a time and data. */
  private static Map<String, Object> event(OutgoingMessage message) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("subject", message.subject());
    data.put("text", message.text());
    data.put("link", message.link());
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", "control.notification");
    event.put("timestamp", message.createdAt().toString());
    event.put("data", data);
    return event;
  }
}
