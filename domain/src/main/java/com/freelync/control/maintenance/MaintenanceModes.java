package com.freelync.control.maintenance;

import com.freelync.control.audit.Actor;
import com.freelync.control.database.Transaction;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The way of an automation to maintenance: what begins and ends it stands behind it. */
public interface MaintenanceModes {
  /** The maintenance that is in force now. */
  Optional<UUID> active(Handle handle);

  /**
   * Begins a maintenance at once, with its audit entry, in the caller's transaction.
   *
   * @return whether it is new; else one with this id was begun before
   */
  boolean enter(Transaction transaction, MaintenancePlan plan, Actor actor);
}
