package com.freelync.control.alert;

import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.problem.FieldError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a person wants silence, and why: one of the first two.
 *
 * @param until when it ends
 * @param duration how long it lasts from now on
 */
public record SilenceRequest(
    @Nullable Instant until,
    @Schema(type = "string", format = "duration") @Nullable Duration duration,
    String reason) {

  /** When it ends, asked at a time. */
  Instant end(Instant now) {
    if (until != null && duration == null) {
      return until;
    }
    if (until == null && duration != null) {
      if (!duration.isPositive() || duration.compareTo(Alerts.LONGEST_SILENCE) > 0) {
        throw invalid("/duration", "range", "a silence lasts more than no time, at most 30 days");
      }
      return now.plus(duration);
    }
    throw invalid(
        "/until",
        until == null ? "missing" : "ambiguous",
        "say one of until (a time) and duration (such as PT4H)");
  }

  private static ProblemException invalid(String field, String code, String message) {
    return ProblemException.invalid(List.of(new FieldError(field, code, message)));
  }
}
