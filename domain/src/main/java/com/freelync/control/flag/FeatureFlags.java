package com.freelync.control.flag;

import com.freelync.control.audit.Actor;
import com.freelync.control.database.Transaction;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The way of an automation to features: what switches them stands behind it. */
public interface FeatureFlags {
  /** What a feature is now; empty if there is none of that key. */
  Optional<FeatureFlagStatus> status(Handle handle, String key);

  /**
   * Switches a feature, with its history and its audit entry, in the caller's transaction.
   *
   * @return whether it was different before
   */
  boolean change(Transaction transaction, FlagChange change, Actor actor);
}
