package com.freelync.control.database;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A transaction on one handle that remembers what waits for its commit. */
final class OpenTransaction implements Transaction {
  private final Handle handle;
  private final List<Runnable> afterCommit = new ArrayList<>();

  OpenTransaction(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Handle handle() {
    return handle;
  }

  @Override
  public <D> D attach(Class<D> dao) {
    return handle.attach(dao);
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }
}
