package com.freelync.control.database;

import org.jdbi.v3.core.Handle;

/** One open database transaction: what is done through it happens together or not at all. */
public interface Transaction {
  /** The connection of this transaction. */
  Handle handle();

  /** A DAO whose statements belong to this transaction. */
  <D> D attach(Class<D> dao);

  /**
   * Runs the action once the transaction has committed, never if it rolls back. The action must not
   * be needed for correctness: a process may die before it runs.
   */
  void afterCommit(Runnable action);
}
