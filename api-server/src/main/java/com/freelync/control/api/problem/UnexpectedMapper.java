package com.freelync.control.api.problem;

import com.freelync.control.database.Failures;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers everything else with an id alone; what happened is in the log under that id. */
final class UnexpectedMapper implements ExceptionMapper<Throwable> {
  private static final Logger log = LoggerFactory.getLogger(UnexpectedMapper.class);

  @Override
  public Response toResponse(Throwable failure) {
    return unexpected(failure);
  }

  static Response unexpected(Throwable failure) {
    log.error("unexpected failure of a request", Failures.discreet(failure));
    return ProblemResponses.of(
        Problem.of(
            ProblemType.UNEXPECTED,
            "It was logged under this request_id; repeating the call with its Idempotency-Key is"
                + " safe."));
  }
}
