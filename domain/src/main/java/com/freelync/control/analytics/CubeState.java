package com.freelync.control.analytics;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * What may be believed of a cube at a snapshot.
 *
 * @param isDoubted whether no cell of it may be believed
 * @param quarantined months with a known difference
 * @param verified when each month that has cells was last found equal to the source; null where it
 *     never was
 */
record CubeState(
    boolean isDoubted, Set<YearMonth> quarantined, Map<YearMonth, Optional<Instant>> verified) {

  /** The states of all cubes, in two short statements. */
  static All read(Handle handle) {
    Map<String, Boolean> doubted = new TreeMap<>();
    handle
        .createQuery(
            """
            SELECT cube, doubted_at IS NOT NULL OR CASE cube
                     WHEN 'people' THEN EXISTS (SELECT FROM control.people_delta WHERE doubt)
                     ELSE EXISTS (SELECT FROM control.market_delta WHERE doubt) END AS doubted
              FROM control.analytics_cube
            """)
        .map((row, context) -> Map.entry(row.getString("cube"), row.getBoolean("doubted")))
        .forEach(entry -> doubted.put(entry.getKey(), entry.getValue()));
    Map<Cube, CubeState> states = new EnumMap<>(Cube.class);
    for (Cube cube : Cube.values()) {
      // Sets of users are made of the same deltas as the cells of the market.
      boolean isDoubted =
          doubted.getOrDefault(cube.table(), true)
              || cube == Cube.ACTIVITY && doubted.getOrDefault(Cube.MARKET.table(), true);
      states.put(cube, new CubeState(isDoubted, new HashSet<>(), new TreeMap<>()));
    }
    All all = new All(states);
    MonthCheck.all(handle).forEach(check -> all.of(Cube.named(check.cube())).note(check));
    // Months of sets have no row of their own until the verifier has looked at them.
    all.of(Cube.MARKET)
        .verified()
        .keySet()
        .forEach(month -> all.of(Cube.ACTIVITY).verified().putIfAbsent(month, Optional.empty()));
    return all;
  }

  private void note(MonthCheck check) {
    YearMonth month = YearMonth.from(check.month());
    verified.put(month, Optional.ofNullable(check.verifiedAt()));
    if (check.quarantinedAt() != null) {
      quarantined.add(month);
      verified.put(month, Optional.empty());
    }
  }

  /** Whether a part of a time is answered from the source although rollups could answer it. */
  boolean isDistrusted(LocalDateTime from, LocalDateTime to) {
    return isDoubted || quarantined.stream().anyMatch(month -> touches(month, from, to));
  }

  /** Whether all of a time is answered from the source for that. */
  boolean isWhollyDistrusted(LocalDateTime from, LocalDateTime to) {
    if (isDoubted) {
      return true;
    }
    YearMonth month = YearMonth.from(from);
    while (quarantined.contains(month)) {
      month = month.plusMonths(1);
    }
    return !month.atDay(1).atStartOfDay().isBefore(to);
  }

  /** Since when all that has cells in a time equals the source; empty when a month never did. */
  Optional<Instant> verifiedAt(LocalDateTime from, LocalDateTime to) {
    if (isDoubted) {
      return Optional.empty();
    }
    Instant oldest = Instant.MAX;
    for (Map.Entry<YearMonth, Optional<Instant>> month : verified.entrySet()) {
      if (touches(month.getKey(), from, to)) {
        if (month.getValue().isEmpty()) {
          return Optional.empty();
        }
        Instant at = month.getValue().get();
        oldest = at.isBefore(oldest) ? at : oldest;
      }
    }
    return Optional.of(oldest);
  }

  private static boolean touches(YearMonth month, LocalDateTime from, LocalDateTime to) {
    return month.atDay(1).atStartOfDay().isBefore(to)
        && month.plusMonths(1).atDay(1).atStartOfDay().isAfter(from);
  }

  /** The states of every cube. */
  record All(Map<Cube, CubeState> states) {
    CubeState of(Cube cube) {
      return Objects.requireNonNull(states.get(cube), "every cube has a state");
    }
  }
}
