package com.freelync.control.worker;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Tells an absent database from a failed statement. */
public final class DatabaseAbsence {
  private DatabaseAbsence() {}

  /**
   * Whether a failure means that PostgreSQL could not be reached, is shutting down, or was too
   * busy.
   */
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

  /**
   * Connection failures (08), operator intervention (57P0), too many connections (53), deadlock and
   * such (40; PostgreSQL, appendix A). A row that somebody keeps locked (55P03) counts as an
   * attempt: the step's own retries bound it.
   */
  private static boolean isAbsence(@Nullable String state) {
    return state != null
        && (state.startsWith("08")
            || state.startsWith("57P0")
            || state.startsWith("53")
            || state.startsWith("40"));
  }
}
