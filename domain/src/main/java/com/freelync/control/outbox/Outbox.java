package com.freelync.control.outbox;

import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages that a transaction owes to Temporal. They are written in that transaction; after its
 * commit the same process delivers them at once (the fast path), and whatever it does not deliver
 * within its lease is taken by any process's relay.
 */
public final class Outbox {
  /** How long a message is left to the process that wrote it before a relay may take it. */
  public static final Duration FAST_PATH_LEASE = Duration.ofSeconds(2);

  private static final Duration RELAY_LEASE = Duration.ofSeconds(15);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

  private final Database database;
  private volatile Consumer<List<OutboxMessage>> fastPath = messages -> {};

  public Outbox(Database database) {
    this.database = database;
  }

  /** Sets who is told of messages right after their commit; it must not block. */
  public void onCommit(Consumer<List<OutboxMessage>> listener) {
    this.fastPath = listener;
  }

  /** Writes one message in the transaction. */
  public void append(
      Transaction transaction,
      String topic,
      String key,
      Map<String, Object> payload,
      @Nullable String requestId) {
    append(transaction, topic, List.of(new Item(key, payload)), requestId);
  }

  /** Writes several messages of one topic in the transaction. */
  public void append(
      Transaction transaction, String topic, List<Item> items, @Nullable String requestId) {
    if (items.isEmpty()) {
      return;
    }
    // They grow in the items' order, whatever order the database answers in.
    List<Long> ids =
        transaction
            .attach(OutboxDao.class)
            .insertAll(
                topic,
                items.stream().map(Item::key).toArray(String[]::new),
                items.stream().map(item -> Json.write(item.payload())).toArray(String[]::new),
                requestId,
                seconds(FAST_PATH_LEASE))
            .stream()
            .sorted()
            .toList();
    List<OutboxMessage> messages = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      messages.add(new OutboxMessage(ids.get(i), topic, item.key(), item.payload(), requestId, 0));
    }
    transaction.afterCommit(() -> fastPath.accept(messages));
  }

  /** Leases messages that are due to the caller. */
  public List<OutboxMessage> claim(int limit) {
    return database.transaction(
        transaction -> transaction.attach(OutboxDao.class).claim(limit, seconds(RELAY_LEASE)));
  }

  /** Forgets messages that have arrived. */
  public void delivered(List<Long> ids) {
    if (ids.isEmpty()) {
      return;
    }
    database.transaction(
        transaction -> {
          transaction.attach(OutboxDao.class).delete(ids.toArray(Long[]::new));
          return ids;
        });
  }

  /** Puts a message back that could not be delivered, with a delay that doubles up to 5 seconds. */
  public void failed(OutboxMessage message, String error) {
    double delay = Math.min(0.25 * Math.pow(2, message.attempts()), seconds(LONGEST_DELAY));
    database.transaction(
        transaction -> {
          transaction.attach(OutboxDao.class).postpone(message.id(), error, delay);
          return message;
        });
  }

  /** How many messages wait. */
  public long waiting() {
    return database.read(handle -> handle.attach(OutboxDao.class).waiting());
  }

  /** The age in seconds of the oldest message that waits, 0 if there is none. */
  public double oldestSeconds() {
    return database.read(handle -> handle.attach(OutboxDao.class).oldestSeconds());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** One message to write: what it is about, and its payload. */
  public record Item(String key, Map<String, Object> payload) {}
}
