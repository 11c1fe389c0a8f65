package com.freelync.control.api.problem;

import com.freelync.control.problem.RequestRefused;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers what the rules of a capability refuse. */
final class RequestRefusedMapper implements ExceptionMapper<RequestRefused> {
  @Override
  public Response toResponse(RequestRefused refusal) {
    String detail = String.valueOf(refusal.getMessage());
    Problem problem =
        switch (refusal) {
          case RequestRefused.NotFound unknown -> Problem.of(ProblemType.NOT_FOUND, detail);
          case RequestRefused.Invalid invalid ->
              Problem.of(ProblemType.INVALID, detail, invalid.errors());
          case RequestRefused.IllegalMove move ->
              Problem.of(ProblemType.CONFLICT, detail).withAllowed(move.allowed());
          case RequestRefused.Forbidden forbidden -> Problem.of(ProblemType.FORBIDDEN, detail);
          case RequestRefused.TooExpensive question ->
              Problem.of(ProblemType.TOO_EXPENSIVE, detail);
          case RequestRefused.Stale stale -> Problem.of(ProblemType.STALE, detail);
        };
    return ProblemResponses.of(problem.withAudited(refusal.isAudited()));
  }
}
