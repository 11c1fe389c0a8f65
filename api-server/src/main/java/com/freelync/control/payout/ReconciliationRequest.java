package com.freelync.control.payout;

import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.condition.Values;
import com.freelync.control.problem.FieldError;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which business days to compare.
 *
 * @param from the first day; yesterday unless said
 * @param to the first day that does not belong to it; the day after {@code from} unless said
 */
public record ReconciliationRequest(
    @Nullable LocalDate from, @Nullable LocalDate to, @Nullable String reason) {
  private static final int MOST_DAYS = 31;
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

  /** Days in the business time zone, half-open. */
  record Days(LocalDate from, LocalDate until) {}

  /**
   * The days that are meant.
   *
   * @throws ProblemException 422 with everything that is wrong
   */
  Days days(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, Values.BUSINESS_ZONE);
    LocalDate begin = from == null ? today.minusDays(1) : from;
    List<FieldError> errors = new ArrayList<>();
    if (begin.isBefore(EARLIEST) || begin.isAfter(today)) {
      errors.add(new FieldError("/from", "range", "a day from " + EARLIEST + " until today"));
    }
    LocalDate end = to == null && errors.isEmpty() ? begin.plusDays(1) : to;
    if (end != null
        && (!end.isAfter(begin)
            || end.isAfter(today.plusDays(1))
            || begin.plusDays(MOST_DAYS).isBefore(end))) {
      errors.add(
          new FieldError(
              "/to",
              "range",
              "a day after from, at most %d days later, and at most tomorrow"
                  .formatted(MOST_DAYS)));
    }
    if (!errors.isEmpty() || end == null) {
      throw ProblemException.invalid(errors);
    }
    return new Days(begin, end);
  }
}
