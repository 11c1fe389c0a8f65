package com.freelync.control.api.problem;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers what the manners and the resources refuse. */
final class ProblemExceptionMapper implements ExceptionMapper<ProblemException> {
  @Override
  public Response toResponse(ProblemException refusal) {
    return ProblemResponses.of(refusal.problem(), refusal.headers());
  }
}
