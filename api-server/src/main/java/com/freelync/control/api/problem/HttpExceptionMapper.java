package com.freelync.control.api.problem;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.HashMap;
import java.util.Map;

/** Answers Jersey's own errors: unknown paths, methods, media types. */
final class HttpExceptionMapper implements ExceptionMapper<WebApplicationException> {
  @Override
  public Response toResponse(WebApplicationException refusal) {
    Response answer = refusal.getResponse();
    int status = answer.getStatus();
    if (status < 400) {
      return answer;
    }
    Map<String, String> headers = new HashMap<>();
    String allow = answer.getHeaderString(HttpHeaders.ALLOW);
    if (allow != null) {
      headers.put(HttpHeaders.ALLOW, allow);
    }
    ProblemType type = ProblemType.ofStatus(status);
    return ProblemResponses.of(Problem.of(type, detail(type)).withStatus(status), headers);
  }

  private static String detail(ProblemType type) {
    return switch (type) {
      case NOT_FOUND -> "Nothing is at this address; /openapi.json lists what there is.";
      case METHOD_NOT_ALLOWED -> "The methods that this address knows are in the Allow header.";
      case NOT_ACCEPTABLE ->
          "This address does not answer so; ask for application/json, or for what /openapi.json names here.";
      case UNSUPPORTED_MEDIA_TYPE -> "Send the Content-Type that /openapi.json names here.";
      default -> type.title() + ".";
    };
  }
}
