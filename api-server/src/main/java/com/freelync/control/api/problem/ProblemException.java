package com.freelync.control.api.problem;

import com.freelync.control.problem.FieldError;
import java.util.List;
import java.util.Map;

/** Ends a request with a problem; thrown by the manners and by resources. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Problem problem;
  private final transient Map<String, String> headers;

  public ProblemException(Problem problem, Map<String, String> headers) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.headers = Map.copyOf(headers);
  }

  public ProblemException(ProblemType type, String detail) {
    this(Problem.of(type, detail), Map.of());
  }

  /** A malformed request, 400, with the field or parameter. */
  public static ProblemException malformed(String field, String code, String message) {
    return new ProblemException(
        Problem.of(
            ProblemType.MALFORMED, message, List.of(new FieldError(field, code, message))),
        Map.of());
  }

  /** A well-formed but invalid request, 422, with everything that is wrong. */
  public static ProblemException invalid(List<FieldError> errors) {
    return new ProblemException(
        Problem.of(ProblemType.INVALID, "The request is well-formed but invalid.", errors),
        Map.of());
  }

  /** What the caller is told. */
  public Problem problem() {
    return problem;
  }

  /** Headers of the answer. */
  public Map<String, String> headers() {
    return headers;
  }
}
