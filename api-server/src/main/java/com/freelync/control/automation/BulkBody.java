package com.freelync.control.automation;

import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants done to many executions: to those of {@code filter}, or to those that {@code
 * execution_ids} names.
 *
 * @param compensate whether what is cancelled undoes what it did; it does unless given
 * @param token of the preview, which it confirms; without it this is a preview
 */
public record BulkBody(
    @Schema(allowableValues = {"retry", "cancel"}) String action,
    @Nullable BulkFilter filter,
    @Nullable List<UUID> executionIds,
    @Nullable Boolean compensate,
    String reason,
    @Nullable String token) {

  /** Which executions, in the words of their list. */
  public record BulkFilter(
      @Nullable String status,
      @Nullable String workflowId,
      @Nullable String entity,
      @Nullable String eventId,
      @Nullable String waitingFor,
      @Nullable String from,
      @Nullable String to,
      @Nullable String waitsFor,
      @Nullable Boolean retrying) {
    ExecutionFilter read() {
      try {
        return ExecutionFilters.read(
            status,
            workflowId,
            entity,
            eventId,
            waitingFor,
            from,
            to,
            waitsFor,
            Boolean.TRUE.equals(retrying));
      } catch (ProblemException wrong) {
        throw ProblemException.invalid(
            wrong.problem().errors().stream()
                .map(
                    error ->
                        new FieldError("/filter/" + error.field(), error.code(), error.message()))
                .toList());
      }
    }
  }

  BulkRequest request() {
    if ((filter == null) == (executionIds == null)) {
      throw invalid("/filter", "one", "give either filter or execution_ids");
    }
    if (executionIds != null && (executionIds.isEmpty() || executionIds.size() > Bulks.MOST)) {
      throw invalid(
          "/execution_ids", "size", "execution_ids names 1 to " + Bulks.MOST + " executions");
    }
    return new BulkRequest(
        word(),
        filter == null ? null : filter.read(),
        executionIds,
        !Boolean.FALSE.equals(compensate),
        reason);
  }

  private BulkRequest.Action word() {
    return switch (action) {
      case "retry" -> BulkRequest.Action.RETRY;
      case "cancel" -> BulkRequest.Action.CANCEL;
      default -> throw invalid("/action", "action", "action is retry or cancel");
    };
  }

  private static RequestRefused.Invalid invalid(String field, String code, String message) {
    return new RequestRefused.Invalid(List.of(new FieldError(field, code, message)));
  }
}
