package com.freelync.control.sandbox.http;

import com.sun.net.httpserver.Headers;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A request as a handler sees it.
 *
 * @param path the parts of the path that the route names
 * @param query the first value of each parameter
 */
public record Request(
    Headers headers, Map<String, String> path, Map<String, String> query, byte[] body) {

  /** A header's first value. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  /** A query parameter. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /**
   * The body's members.
   *
   * @throws Problem 400 when it is not a JSON object
   */
  public Fields fields() {
    return Fields.of(Json.read(body));
  }

  /**
   * An id in the path.
   *
   * @throws Problem 404 when it is not a UUID, as nothing can be there
   */
  public UUID id(String name) {
    String value = path.getOrDefault(name, "");
    return Fields.uuid(value)
        .orElseThrow(() -> Problem.of(404, "not found", "There is no '" + value + "'"));
  }
}
