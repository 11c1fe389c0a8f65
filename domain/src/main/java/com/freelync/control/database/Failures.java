package com.freelync.control.database;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;

/**
 * What a failure means, and what it says without the values that were being written: those may be
 * personal.
 */
public final class Failures {
  private Failures() {}

  /**
   * Whether PostgreSQL could not be reached, is shutting down or was too busy: connection failures
   * (08), shutdown and crash (57P), too many of something (53), deadlock and such (40; PostgreSQL,
   * appendix A). Not whether it waited too long for a row that somebody keeps locked.
   */
  public static boolean isAway(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientException) {
        return true;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        return Stream.of("08", "57P", "53", "40").anyMatch(state::startsWith);
      }
    }
    return false;
  }

  /**
   * Whether a statement waited too long: for a lock (55P03), for its end (57014), or its
   * transaction for its own (25P04).
   */
  public static boolean isTimeout(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return Set.of("55P03", "57014", "25P04").contains(sql.getSQLState());
      }
    }
    return false;
  }

  /** The failure for a log: of a database failure the sentence and the place, no values. */
  public static Throwable discreet(Throwable failure) {
    if (!(failure instanceof JdbiException)) {
      return failure;
    }
    IllegalStateException discreet = new IllegalStateException(describe(failure));
    discreet.setStackTrace(failure.getStackTrace());
    return discreet;
  }

  /** One sentence; of a database failure its state and PostgreSQL's own words, no values. */
  public static String describe(Throwable failure) {
    if (!(failure instanceof JdbiException)) {
      return String.valueOf(failure.getMessage());
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException sql && sql.getServerErrorMessage() != null) {
        return "PostgreSQL " + sql.getSQLState() + ": " + sql.getServerErrorMessage().getMessage();
      }
      if (cause instanceof SQLException sql) {
        return "PostgreSQL " + sql.getSQLState() + ": the statement failed";
      }
    }
    return "the database failed: " + failure.getClass().getSimpleName();
  }
}
