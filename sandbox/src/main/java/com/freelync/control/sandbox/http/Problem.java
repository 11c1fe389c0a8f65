package com.freelync.control.sandbox.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer that is an error, as a problem document (RFC 9457). */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final transient List<FieldError> errors;
  private final transient Map<String, Object> extensions;

  private Problem(
      int status,
      String title,
      String detail,
      List<FieldError> errors,
      Map<String, Object> extensions) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.errors = errors;
    this.extensions = extensions;
  }

  /** What is wrong with one field, named by its JSON pointer. */
  public record FieldError(String field, String code, String message) {}

  /** A problem without further members. */
  public static Problem of(int status, String title, String detail) {
    return new Problem(status, title, detail, List.of(), Map.of());
  }

  /** A well-formed request with invalid fields: 422 that names all of them. */
  public static Problem invalid(List<FieldError> errors) {
    return new Problem(422, "invalid", errors.getFirst().message(), List.copyOf(errors), Map.of());
  }

  /** The same problem with one more member in its document. */
  public Problem with(String member, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(extensions);
    more.put(member, value);
    return new Problem(status, title, String.valueOf(getMessage()), errors, more);
  }

  int status() {
    return status;
  }

  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "/problems/" + title.replace(' ', '-'));
    document.put("title", title);
    document.put("status", status);
    document.put("detail", String.valueOf(getMessage()));
    if (!errors.isEmpty()) {
      document.put("errors", errors);
    }
    document.putAll(extensions);
    return document;
  }
}
