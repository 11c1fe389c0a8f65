package com.freelync.control.api.problem;

import com.freelync.control.api.limit.RateLimitHeaders;
import com.freelync.control.limit.CallLimit;
import com.freelync.control.limit.CallLimits.Counted;
import com.freelync.control.problem.RequestRefused;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;

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
          case RequestRefused.Busy busy -> Problem.of(ProblemType.BUSY, detail);
          case RequestRefused.Stale stale -> Problem.of(ProblemType.STALE, detail);
          case RequestRefused.TooMany full -> Problem.of(ProblemType.TOO_MANY_REQUESTS, detail);
        };
    return ProblemResponses.of(problem.withAudited(refusal.isAudited()), headers(refusal));
  }

  private static Map<String, String> headers(RequestRefused refusal) {
    if (refusal instanceof RequestRefused.Busy busy) {
      return Map.of("Retry-After", String.valueOf(RateLimitHeaders.seconds(busy.next())));
    }
    if (!(refusal instanceof RequestRefused.TooMany full)) {
      return Map.of();
    }
    Map<String, String> headers =
        RateLimitHeaders.of(
            new CallLimit(full.limit(), full.most(), full.window()),
            new Counted(false, 0, full.next()));
    headers.put("Retry-After", String.valueOf(RateLimitHeaders.seconds(full.next())));
    return headers;
  }
}
