package com.freelync.control.api.request;

import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.Set;

/** Asks for the Content-Type of what is sent: without one, any reader of a body would match. */
@Priority(Priorities.HEADER_DECORATOR)
public final class ContentTypeCheck implements ContainerRequestFilter {
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  @Override
  public void filter(ContainerRequestContext request) {
    if (WITH_BODY.contains(request.getMethod()) && request.getMediaType() == null) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "Name the Content-Type of the body, such as application/json.");
    }
  }
}
