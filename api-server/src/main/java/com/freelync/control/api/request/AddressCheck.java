package com.freelync.control.api.request;

import com.freelync.control.api.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;

/**
 * Refuses addresses with path or nameless parameters, which nothing here knows, and an unreadable
 * Accept.
 */
@PreMatching
@Priority(1)
public final class AddressCheck implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    try {
      if (request.getHeaderString(HttpHeaders.ACCEPT) != null) {
        request.getAcceptableMediaTypes();
      }
    } catch (ProcessingException e) {
      // It is asked again when the answer is written, which must not fail on it.
      request.getHeaders().remove(HttpHeaders.ACCEPT);
      throw ProblemException.malformed(
          HttpHeaders.ACCEPT, "media_type", "Accept lists media types such as application/json");
    }
    URI address = request.getUriInfo().getRequestUri();
    if (address.getRawPath().indexOf(';') >= 0) {
      throw ProblemException.malformed("", "path", "an address has no ; here");
    }
    String query = address.getRawQuery();
    if (query != null && (query.startsWith("=") || query.contains("&="))) {
      throw ProblemException.malformed("", "query", "a query parameter has a name");
    }
  }
}
