package com.freelync.control.api.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.freelync.control.api.request.RequestId;
import com.freelync.control.problem.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Problem details, RFC 9457.
 *
 * @param type a stable path that names the kind
 * @param title the kind, for people
 * @param status the HTTP status
 * @param detail what happened this time and what to do
 * @param requestId the id under which the server logged it
 * @param errors everything that is wrong, by field
 * @param allowed the moves that are legal now, of a conflict; null of any other problem
 * @param isAudited whether who refused it has told the audit log; never sent
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String requestId,
    List<FieldError> errors,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> allowed,
    @JsonIgnore boolean isAudited) {
  /** The media type of problem details. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    errors = List.copyOf(errors);
    allowed = allowed == null ? null : List.copyOf(allowed);
  }

  /** A problem of the request that this thread serves. */
  public static Problem of(ProblemType type, String detail) {
    return of(type, detail, List.of());
  }

  /** A problem with what is wrong by field. */
  public static Problem of(ProblemType type, String detail, List<FieldError> errors) {
    return new Problem(
        type.path(), type.title(), type.status(), detail, RequestId.current(), errors, null, false);
  }

  /** The same, with the moves that are legal now. */
  public Problem withAllowed(List<String> moves) {
    return new Problem(type, title, status, detail, requestId, errors, moves, isAudited);
  }

  /** The same with another status, for statuses that have no kind of their own. */
  public Problem withStatus(int other) {
    return new Problem(type, title, other, detail, requestId, errors, allowed, isAudited);
  }

  /** The same, of which the audit log has been told or not. */
  Problem withAudited(boolean audited) {
    return new Problem(type, title, status, detail, requestId, errors, allowed, audited);
  }
}
