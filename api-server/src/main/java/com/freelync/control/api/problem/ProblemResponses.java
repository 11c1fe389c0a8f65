package com.freelync.control.api.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Problems as JAX-RS answers. */
final class ProblemResponses {
  private ProblemResponses() {}

  static Response of(Problem problem) {
    return of(problem, Map.of());
  }

  static Response of(Problem problem, Map<String, String> headers) {
    Response.ResponseBuilder answer =
        Response.status(problem.status())
            .type(Problem.MEDIA_TYPE)
            .header(HttpHeaders.CACHE_CONTROL, "no-cache")
            .entity(problem);
    headers.forEach(answer::header);
    return answer.build();
  }
}
