package com.freelync.control.audit;

import com.freelync.control.background.BackgroundLoop;
import com.freelync.control.database.Database;
import java.time.Duration;

/**
 * Seals what is written to the audit log, within a second of its commit as long as no older
 * transaction is open. Every worker process may have one: the database lets one at a time seal.
 */
public final class Sealer implements AutoCloseable {
  private static final int BATCH = 1_000;
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final BackgroundLoop loop;

  private Sealer(BackgroundLoop loop) {
    this.loop = loop;
  }

  /** Starts sealing as a role that may write seals. */
  public static Sealer start(Database database) {
    return new Sealer(
        BackgroundLoop.start(
            "audit-sealer",
            () -> database.transaction(transaction -> Sealing.round(transaction, BATCH)) == BATCH,
            IDLE,
            AFTER_FAILURE));
  }

  /** Ends after the round that is under way. */
  @Override
  public void close() {
    loop.close();
  }
}
