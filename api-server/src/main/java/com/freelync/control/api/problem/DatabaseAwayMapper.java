package com.freelync.control.api.problem;

import com.freelync.control.database.Failures;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.sql.SQLException;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what PostgreSQL refuses: 503 while it is away or busy, else unexpected. */
final class DatabaseAwayMapper implements ExceptionMapper<JdbiException> {
  private static final Logger log = LoggerFactory.getLogger(DatabaseAwayMapper.class);

  @Override
  public Response toResponse(JdbiException failure) {
    if (isPassing(failure)) {
      log.warn("the database is away: {}", Failures.describe(failure));
      return ProblemResponses.of(
          Problem.of(ProblemType.UNAVAILABLE, "The database is away: try again in a moment."),
          Map.of("Retry-After", "2"));
    }
    return UnexpectedMapper.unexpected(failure);
  }

  /**
   * Connection failures (08), shutdown and crash (57P), too many (53), deadlock and such (40), and
   * time-outs.
   */
  private static boolean isPassing(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof java.sql.SQLTransientException) {
        return true;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        return state.startsWith("08")
            || state.startsWith("57P")
            || state.startsWith("53")
            || state.startsWith("40")
            || state.equals("55P03")
            || state.equals("57014");
      }
    }
    return false;
  }
}
