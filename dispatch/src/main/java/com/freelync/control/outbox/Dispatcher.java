package com.freelync.control.outbox;

import com.freelync.control.failpoint.Failpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
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

  /** Beyond it messages are left to the relay: their lease would end while they wait here. */
  private static final int MOST_WAITING = 512;

  private static final int BATCH = MOST_AT_ONCE;
  private static final int MOST_FORGOTTEN_AT_ONCE = 500;
  private static final long IDLE_MILLIS = 250;

  private final Outbox outbox;
  private final Map<String, MessageHandler> handlers;
  private final ThreadPoolExecutor fastPath = fastPath();
  private final ExecutorService relayed = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Long> arrived = new LinkedBlockingQueue<>();
  private final Thread relay;
  private final Thread forgetter;
  private volatile boolean stopping;

  private Dispatcher(Outbox outbox, Map<String, MessageHandler> handlers) {
    this.outbox = outbox;
    this.handlers = Map.copyOf(handlers);
    this.relay = Thread.ofPlatform().name("outbox-relay").daemon().unstarted(this::relay);
    this.forgetter = Thread.ofPlatform().name("outbox-forget").daemon().unstarted(this::forget);
  }

  private static ThreadPoolExecutor fastPath() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            MOST_AT_ONCE,
            MOST_AT_ONCE,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofVirtual().name("outbox-", 0).factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Starts delivering. */
  public static Dispatcher start(Outbox outbox, Map<String, MessageHandler> handlers) {
    Dispatcher dispatcher = new Dispatcher(outbox, handlers);
    outbox.onCommit(dispatcher::deliverAtOnce);
    dispatcher.relay.start();
    dispatcher.forgetter.start();
    return dispatcher;
  }

  private void deliverAtOnce(List<OutboxMessage> messages) {
    messages.forEach(message -> fastPath.execute(() -> deliver(message)));
  }

  private void relay() {
    while (!stopping) {
      try {
        if (relayBatch() < BATCH) {
          TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
        }
      } catch (InterruptedException e) {
        return;
      } catch (ExecutionException | RuntimeException e) {
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

  /** The whole batch ends before the next claim, so no message outlives its lease in a queue. */
  private int relayBatch() throws InterruptedException, ExecutionException {
    List<Future<?>> deliveries = new ArrayList<>();
    for (OutboxMessage message : outbox.claim(BATCH)) {
      deliveries.add(relayed.submit(() -> deliver(message)));
    }
    for (Future<?> delivery : deliveries) {
      delivery.get();
    }
    return deliveries.size();
  }

  private void deliver(OutboxMessage message) {
    try {
      MessageHandler handler = handlers.get(message.topic());
      if (handler == null) {
        throw new IllegalStateException("no handler for topic " + message.topic());
      }
      Failpoint.MESSAGE_TAKEN.reach();
      handler.deliver(message);
      arrived.add(message.id());
    } catch (RuntimeException e) {
      LOG.warn("{} {} is not delivered yet: {}", message.topic(), message.key(), e.getMessage());
      putBack(message, e);
    }
  }

  private void putBack(OutboxMessage message, RuntimeException cause) {
    try {
      outbox.failed(message, String.valueOf(cause.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("The outbox cannot be written: {}", e.getMessage());
    }
  }

  /** Deletes what has arrived: whatever came meanwhile goes in one transaction. */
  private void forget() {
    try {
      while (true) {
        List<Long> ids = new ArrayList<>();
        ids.add(arrived.take());
        arrived.drainTo(ids, MOST_FORGOTTEN_AT_ONCE - 1);
        forget(ids);
      }
    } catch (InterruptedException e) {
      List<Long> rest = new ArrayList<>();
      arrived.drainTo(rest);
      forget(rest);
    }
  }

  /** What is not deleted is delivered again, which does no harm. */
  private void forget(List<Long> ids) {
    try {
      Failpoint.MESSAGES_DELIVERED.reach();
      outbox.delivered(ids);
      Failpoint.MESSAGES_FORGOTTEN.reach();
    } catch (RuntimeException e) {
      LOG.warn("{} messages will be delivered again: {}", ids.size(), e.getMessage());
    }
  }

  /** Stops taking messages, and waits a little for those under way. */
  @Override
  public void close() {
    stopping = true;
    relay.interrupt();
    fastPath.shutdown();
    try {
      relay.join(TimeUnit.SECONDS.toMillis(2));
      relayed.shutdown();
      await(fastPath);
      await(relayed);
      forgetter.interrupt();
      forgetter.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(ExecutorService executor) throws InterruptedException {
    if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
      executor.shutdownNow();
    }
  }
}
