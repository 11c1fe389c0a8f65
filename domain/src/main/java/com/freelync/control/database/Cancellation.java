package com.freelync.control.database;

/** Ends work in the database that nobody waits for any more. */
@FunctionalInterface
public interface Cancellation {
  /** Somebody always waits. */
  Cancellation NEVER = cancel -> () -> {};

  /**
   * Begins to look after the work that this thread begins.
   *
   * @param cancel ends the statement that runs; may be called by any thread, and again
   * @return closed when the work is over; {@code cancel} is not called after that
   */
  Watch watch(Runnable cancel);

  /** Looks after one piece of work. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
