package com.freelync.control.audit;

import com.freelync.control.database.Database;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals what is written to the audit log, within a second of its commit as long as no older
 * transaction is open. Every worker process may have one: the database lets one at a time seal.
 */
public final class Sealer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sealer.class);
  private static final int BATCH = 1_000;
  private static final long IDLE_MILLIS = 200;
  private static final long FAILED_MILLIS = 1_000;

  private final Database database;
  private final Thread thread;
  private volatile boolean stopping;

  private Sealer(Database database) {
    this.database = database;
    this.thread = Thread.ofPlatform().name("audit-sealer").daemon().unstarted(this::run);
  }

  /** Starts sealing as a role that may write seals. */
  public static Sealer start(Database database) {
    Sealer sealer = new Sealer(database);
    sealer.thread.start();
    return sealer;
  }

  private void run() {
    while (!stopping) {
      try {
        if (database.transaction(transaction -> Sealing.round(transaction, BATCH)) < BATCH) {
          TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.warn("The audit log cannot be sealed now: {}", e.getMessage());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(FAILED_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends after the round that is under way. */
  @Override
  public void close() {
    stopping = true;
    try {
      // A round takes milliseconds; an interrupt would break its connection.
      if (!thread.join(Duration.ofSeconds(2))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
