package com.freelync.control.database;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;

/** What a failure says without the values that were being written: those may be personal. */
public final class Failures {
  private Failures() {}

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
