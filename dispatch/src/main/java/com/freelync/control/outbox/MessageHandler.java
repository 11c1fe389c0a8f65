package com.freelync.control.outbox;

/** Brings the messages of one topic to Temporal. */
@FunctionalInterface
public interface MessageHandler {
  /**
   * Delivers a message; delivering it again does no harm.
   *
   * @throws RuntimeException if Temporal could not be reached; it is tried again later
   */
  void deliver(OutboxMessage message);
}
