package com.freelync.control.worker;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Tells an absent database from a failed statement. */
public final class DatabaseAbsence {
  private DatabaseAbsence() {}

  /** Whether a failure means that PostgreSQL could not be reached or is shutting down. */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException) {
        return true;
      }
      if (cause instanceof SQLException sql && isAbsence(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  /** Class 08 is connection exceptions, 57P0x operator intervention (PostgreSQL, appendix A). */
  private static boolean isAbsence(@Nullable String state) {
    return state != null && (state.startsWith("08") || state.startsWith("57P0"));
  }
}
