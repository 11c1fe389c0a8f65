package com.freelync.control.analytics;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How far the stored aggregates are proved.
 *
 * @param doubted families that are answered from the source until they are rebuilt
 * @param waiting changes that are not merged into the rollups yet
 * @param months each month that has data, the newest first
 */
public record VerificationState(List<String> doubted, long waiting, List<Month> months) {
  /**
   * A month.
   *
   * @param verifiedAt the oldest of its families' verifications; null while one is missing
   * @param quarantined families in which a difference is known
   */
  public record Month(YearMonth month, @Nullable Instant verifiedAt, List<String> quarantined) {}

  /** Reads it. */
  public static VerificationState read(Handle handle) {
    List<String> doubted =
        handle
            .createQuery(
                "SELECT cube FROM control.analytics_cube WHERE doubted_at IS NOT NULL ORDER BY cube")
            .mapTo(String.class)
            .list();
    long waiting =
        handle
            .createQuery(
                "SELECT (SELECT count(*) FROM control.market_delta) + (SELECT count(*) FROM control.people_delta)")
            .mapTo(Long.class)
            .one();
    Map<LocalDate, List<MonthCheck>> checks = new TreeMap<>(Comparator.reverseOrder());
    MonthCheck.all(handle)
        .forEach(check -> checks.computeIfAbsent(check.month(), m -> new ArrayList<>()).add(check));
    return new VerificationState(
        doubted, waiting, checks.values().stream().map(VerificationState::month).toList());
  }

  private static Month month(List<MonthCheck> checks) {
    Instant oldest = Instant.MAX;
    for (MonthCheck check : checks) {
      Instant at = check.verifiedAt();
      oldest = at == null || at.isBefore(oldest) ? (at == null ? Instant.MIN : at) : oldest;
    }
    return new Month(
        YearMonth.from(checks.getFirst().month()),
        oldest.equals(Instant.MIN) ? null : oldest,
        checks.stream()
            .filter(check -> check.quarantinedAt() != null)
            .map(MonthCheck::cube)
            .toList());
  }
}
