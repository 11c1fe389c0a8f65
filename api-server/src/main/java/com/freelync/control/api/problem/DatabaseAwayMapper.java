package com.freelync.control.api.problem;

import com.freelync.control.database.Failures;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what PostgreSQL refuses: 503 while it is away or busy, else unexpected. */
final class DatabaseAwayMapper implements ExceptionMapper<JdbiException> {
  private static final Logger log = LoggerFactory.getLogger(DatabaseAwayMapper.class);

  @Override
  public Response toResponse(JdbiException failure) {
    if (Failures.isAway(failure) || Failures.isTimeout(failure)) {
      log.warn("the database is away: {}", Failures.describe(failure));
      return ProblemResponses.of(
          Problem.of(ProblemType.UNAVAILABLE, "The database is away: try again in a moment."),
          Map.of("Retry-After", "2"));
    }
    return UnexpectedMapper.unexpected(failure);
  }
}
