package com.freelync.control.outbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what the outbox owes. Right after a commit it delivers the messages of its own process;
 * its relay takes whatever was left, by this or any other process. Any number of processes may have
 * one.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final int MOST_AT_ONCE = 64;
  private static final int BATCH = MOST_AT_ONCE;
  private static final long IDLE_MILLIS = 250;

  private final Outbox outbox;
  private final Map<String, MessageHandler> handlers;
  private final Semaphore permits = new Semaphore(MOST_AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread relay;
  private volatile boolean stopping;

  private Dispatcher(Outbox outbox, Map<String, MessageHandler> handlers) {
    this.outbox = outbox;
    this.handlers = Map.copyOf(handlers);
    this.relay = Thread.ofPlatform().name("outbox-relay").daemon().unstarted(this::relay);
  }

  /** Starts delivering. */
  public static Dispatcher start(Outbox outbox, Map<String, MessageHandler> handlers) {
    Dispatcher dispatcher = new Dispatcher(outbox, handlers);
    outbox.onCommit(dispatcher::deliverAtOnce);
    dispatcher.relay.start();
    return dispatcher;
  }

  /** Where too much is under way already, messages are left to the relay. */
  private void deliverAtOnce(List<OutboxMessage> messages) {
    for (OutboxMessage message : messages) {
      if (stopping || !permits.tryAcquire()) {
        return;
      }
      threads.submit(() -> deliver(message));
    }
  }

  private void relay() {
    while (!stopping) {
      try {
        if (relayBatch() < BATCH) {
          TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("The outbox cannot be read: {}", e.getMessage());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int relayBatch() throws InterruptedException {
    List<OutboxMessage> due = outbox.claim(BATCH);
    for (OutboxMessage message : due) {
      permits.acquire();
      threads.submit(() -> deliver(message));
    }
    // The whole batch ends before the next claim, so no message outlives its lease in a queue here.
    if (!due.isEmpty()) {
      permits.acquire(MOST_AT_ONCE);
      permits.release(MOST_AT_ONCE);
    }
    return due.size();
  }

  private void deliver(OutboxMessage message) {
    try {
      MessageHandler handler = handlers.get(message.topic());
      if (handler == null) {
        throw new IllegalStateException("no handler for topic " + message.topic());
      }
      handler.deliver(message);
      outbox.delivered(List.of(message.id()));
    } catch (RuntimeException e) {
      LOG.warn("{} {} is not delivered yet: {}", message.topic(), message.key(), e.getMessage());
      putBack(message, e);
    } finally {
      permits.release();
    }
  }

  private void putBack(OutboxMessage message, RuntimeException cause) {
    try {
      outbox.failed(message, String.valueOf(cause.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("The outbox cannot be written: {}", e.getMessage());
    }
  }

  /** Stops taking messages, and waits a little for those under way. */
  @Override
  public void close() {
    stopping = true;
    relay.interrupt();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
