package com.freelync.control.sandbox.marketplace;

import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays one {@link Journey} after the other at the asked rate, until it is changed. */
final class Traffic implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);
  private static final long SECOND = 1_000_000_000L;

  private final DataSource database;
  private final Commission commission;
  private final Runnable committed;
  private final Thread thread;
  private volatile TrafficShape shape = TrafficShape.OFF;
  private volatile boolean closed;

  Traffic(DataSource database, Commission commission, Runnable committed) {
    this.database = database;
    this.commission = commission;
    this.committed = committed;
    this.thread = Thread.ofPlatform().daemon().name("traffic").start(this::run);
  }

  void change(TrafficShape next) {
    shape = next;
    LockSupport.unpark(thread);
  }

  TrafficShape shape() {
    return shape;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Journey journey = new Journey(database, commission, new Random());
    long due = System.nanoTime();
    boolean begun = false;
    while (!closed) {
      TrafficShape now = shape;
      if (now.eventsPerSecond().signum() == 0) {
        LockSupport.park(this);
        due = System.nanoTime();
        continue;
      }
      if (!begun) {
        commission.awaitSettings();
        begun = true;
      }
      long wait = due - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(this, Math.min(wait, SECOND));
        continue;
      }
      // What could not be kept up with for a second is dropped, not made up for in a burst.
      due = Math.max(due, System.nanoTime() - SECOND);
      due += (long) (SECOND / now.eventsPerSecond().doubleValue());
      try {
        journey.play(now);
        committed.run();
      } catch (SQLException e) {
        LOG.warn("Traffic pauses: {}", e.toString());
        due = System.nanoTime() + SECOND;
      }
    }
  }
}
