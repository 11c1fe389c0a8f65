package com.freelync.control.api.problem;

/** The kinds of problems; each has a stable path that clients may rely on. */
public enum ProblemType {
  MALFORMED(400, "malformed", "The request is malformed"),
  UNAUTHENTICATED(401, "unauthenticated", "A valid bearer token is needed"),
  FORBIDDEN(403, "forbidden", "This is not permitted"),
  NOT_FOUND(404, "not-found", "There is no such thing"),
  METHOD_NOT_ALLOWED(405, "method-not-allowed", "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "not-acceptable", "No acceptable representation exists"),
  CONFLICT(409, "conflict", "This move is not legal now"),
  CALL_IN_FLIGHT(409, "call-in-flight", "The same call is still in flight"),
  STALE(412, "stale", "It was changed in the meantime"),
  TOO_LARGE(413, "too-large", "The body is too large"),
  URI_TOO_LONG(414, "uri-too-long", "The address is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The media type is not supported"),
  INVALID(422, "validation", "The request is invalid"),
  TOO_EXPENSIVE(422, "too-expensive", "The question takes too long"),
  KEY_REUSED(422, "idempotency-key-reused", "The idempotency key belongs to another call"),
  TOO_MANY_REQUESTS(429, "too-many-requests", "Too many requests"),
  HEADERS_TOO_LARGE(431, "headers-too-large", "The request's headers are too large"),
  UNEXPECTED(500, "unexpected", "Something unexpected went wrong"),
  UNAVAILABLE(503, "unavailable", "A part of the system is away"),
  BUSY(503, "busy", "Too much is done at the moment"),
  HTTP_VERSION(505, "http-version-not-supported", "This version of HTTP is not spoken here");

  private final int status;
  private final String path;
  private final String title;

  ProblemType(int status, String path, String title) {
    this.status = status;
    this.path = "/problems/" + path;
    this.title = title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The stable path that names it. */
  public String path() {
    return path;
  }

  /** What it is, for people. */
  public String title() {
    return title;
  }

  /** The kind that an HTTP status of the container or of Jersey stands for. */
  public static ProblemType ofStatus(int status) {
    for (ProblemType type : values()) {
      if (type.status == status) {
        return type;
      }
    }
    return status >= 500 ? UNEXPECTED : MALFORMED;
  }
}
