package com.freelync.control.benchmark;

import com.freelync.control.database.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees when what payouts lead to has come: one small query, every two milliseconds, for all that
 * are under way. It costs ours and the plain one the same.
 */
final class PaidWatch implements AutoCloseable {
  private static final String PAID =
      """
      SELECT id, status FROM marketplace.payouts
       WHERE id = ANY(:ids) AND status IN ('DISBURSED', 'FAILED', 'REJECTED')
      """;
  private static final String COMPLETED =
      """
      SELECT CAST(entity_id AS uuid), status FROM control.workflow_execution
       WHERE entity_type = 'payout' AND entity_id = ANY(CAST(:ids AS text[])) AND finished_at IS NOT NULL
      """;

  private static final Duration PAUSE = Duration.ofMillis(2);

  private final Database database;
  private final String question;
  private final String good;
  private final Map<UUID, CompletableFuture<Long>> waiting = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean stopping;

  /** Sees when payouts are DISBURSED. */
  PaidWatch(Database database) {
    this(database, PAID, "DISBURSED");
  }

  /** Sees when the one execution of each payout is COMPLETED. */
  static PaidWatch ofExecutions(Database database) {
    return new PaidWatch(database, COMPLETED, "COMPLETED");
  }

  private PaidWatch(Database database, String question, String good) {
    this.database = database;
    this.question = question;
    this.good = good;
    this.thread = Thread.ofPlatform().name("paid-watch").daemon().start(this::watch);
  }

  /** Completes with {@link System#nanoTime()} of the moment when it was seen. */
  CompletableFuture<Long> paid(UUID payout) {
    return waiting.computeIfAbsent(payout, id -> new CompletableFuture<>());
  }

  private void watch() {
    while (!stopping) {
      try {
        look();
      } catch (RuntimeException e) {
        waiting.values().forEach(future -> future.completeExceptionally(e));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void look() {
    UUID[] open = waiting.keySet().toArray(UUID[]::new);
    if (open.length == 0) {
      return;
    }
    List<Ended> ended =
        database.read(
            handle ->
                handle
                    .createQuery(question)
                    .bind("ids", open)
                    .map(
                        (row, context) -> new Ended(row.getObject(1, UUID.class), row.getString(2)))
                    .list());
    long now = System.nanoTime();
    ended.forEach(payout -> complete(payout, now));
  }

  private void complete(Ended payout, long now) {
    CompletableFuture<Long> future = waiting.remove(payout.id());
    if (future == null) {
      return;
    }
    if (payout.status().equals(good)) {
      future.complete(now);
    } else {
      future.completeExceptionally(
          new IllegalStateException("payout " + payout.id() + " is " + payout.status()));
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopping = true;
    LockSupport.unpark(thread);
    thread.join();
  }

  private record Ended(UUID id, String status) {}
}
