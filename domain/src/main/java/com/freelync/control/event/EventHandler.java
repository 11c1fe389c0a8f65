package com.freelync.control.event;

import com.freelync.control.audit.Actor;
import com.freelync.control.database.Transaction;
import java.util.List;

/** Who hears of new events, in the transaction that stores them. */
@FunctionalInterface
public interface EventHandler {
  /** Handles events, each of which is handed over exactly once. */
  void handle(Transaction transaction, List<StoredEvent> events, Actor actor);
}
