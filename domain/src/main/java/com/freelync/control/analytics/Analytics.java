package com.freelync.control.analytics;

import com.freelync.control.database.Database;
import java.util.function.Function;

/** The way to the numbers. */
public final class Analytics {
  private final Database database;

  /** Reads with a role that may read the rollups. */
  public Analytics(Database database) {
    this.database = database;
  }

  /** Asks one snapshot of the database. */
  public <T> T read(Function<Reading, T> questions) {
    return database.read(handle -> questions.apply(new Reading(handle)));
  }
}
