package com.freelync.control.analytics;

import com.freelync.control.alert.Alerts;
import com.freelync.control.analytics.UserSets.Pair;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Proves the rollups: computes months from the source, and compares each cell at one snapshot. What
 * is equal is stamped; what differs is quarantined, recorded and alerted.
 */
public final class Verifier {
  /** So many differing cells of a finding are kept as evidence. */
  private static final int EVIDENCE = 20;

  private static final String RULE = "analytics.mismatch";

  private final Database database;
  private final Alerts alerts;

  /** Reads and stamps as the workers' role. */
  public Verifier(Database database, Alerts alerts) {
    this.database = database;
    this.alerts = alerts;
  }

  /** A cell that is not what the source says, all three as JSON. */
  public record Difference(String cell, String stored, String inSource) {}

  private record Finding(
      Cube cube, YearMonth month, Instant at, long epoch, List<Difference> differences) {}

  /**
   * Verifies a month of every family.
   *
   * @return how many cells differ; at most some hundred are counted
   */
  public int verify(YearMonth month) {
    int differences = 0;
    for (Cube cube : Cube.values()) {
      Finding finding = database.read(handle -> find(handle, cube, month));
      database.transaction(
          transaction -> {
            record(transaction, finding);
            return true;
          });
      differences += finding.differences().size();
    }
    return differences;
  }

  /**
   * The months whose turn it is: those never verified, the one that runs, if it was not looked at
   * for ten minutes, and of the others the one that was verified longest ago, if that is a day. The
   * oldest come first.
   */
  public List<YearMonth> due() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    WITH known AS (
                      SELECT month, min(coalesce(verified_at, '-infinity')) AS verified_at, bool_or(quarantined_at IS NOT NULL) AS quarantined
                        FROM control.rollup_month_check GROUP BY month),
                    due AS (
                      SELECT month FROM known WHERE verified_at = '-infinity' AND NOT quarantined
                      UNION SELECT month FROM (SELECT date_trunc('month', control.business_time(now()))::date AS month) running
                             WHERE NOT EXISTS (SELECT FROM known WHERE known.month = running.month
                                                AND (quarantined OR verified_at > now() - interval '10 minutes'))
                      UNION (SELECT month FROM known WHERE verified_at < now() - interval '1 day' AND NOT quarantined
                              ORDER BY verified_at LIMIT 1))
                    SELECT month FROM due ORDER BY month
                    """)
                .mapTo(LocalDate.class)
                .map(YearMonth::from)
                .list());
  }

  private static Finding find(Handle handle, Cube cube, YearMonth month) {
    Instant at = handle.createQuery("SELECT now()").mapTo(Instant.class).one();
    long epoch =
        handle
            .createQuery(
                """
                SELECT coalesce((SELECT epoch FROM control.rollup_month_check
                                  WHERE cube = :cube AND month = :month), 0)
                """)
            .bind("cube", cube.table())
            .bind("month", month.atDay(1))
            .mapTo(Long.class)
            .one();
    CubeState state = CubeState.read(handle).of(cube);
    if (state.isDoubted()) {
      // It is answered from the source in any case, and verified after its rebuild.
      return new Finding(cube, month, at, -1, List.of());
    }
    List<Difference> differences =
        cube == Cube.ACTIVITY ? sets(handle, month) : cells(handle, cube, month);
    return new Finding(cube, month, at, epoch, differences);
  }

  private static List<Difference> cells(Handle handle, Cube cube, YearMonth month) {
    return handle
        .createQuery(
            "SELECT cell::text, stored::text, in_source::text AS in_source FROM control.differences_"
                + cube.table()
                + "(:from, :until) LIMIT 100")
        .bind("from", month.atDay(1))
        .bind("until", month.plusMonths(1).atDay(1))
        .mapTo(Difference.class)
        .list();
  }

  /** Days that are stale are answered from the source; all others must equal it. */
  private static List<Difference> sets(Handle handle, YearMonth month) {
    Set<LocalDate> stale = ActivitySets.stale(handle, month.atDay(1), month.plusMonths(1).atDay(1));
    List<Difference> differences = new ArrayList<>();
    Map<List<String>, Pair> united = new HashMap<>();
    for (LocalDate day = month.atDay(1); YearMonth.from(day).equals(month); day = day.plusDays(1)) {
      if (!stale.contains(day)) {
        Map<List<String>, Pair> source = ActivitySets.read(handle, day);
        compare(
            day.toString(),
            ActivitySets.stored(handle, "activity_day", day, day.plusDays(1)),
            source,
            differences);
        source.forEach((key, pair) -> united.computeIfAbsent(key, k -> new Pair()).add(pair));
      }
    }
    boolean isBuilt =
        handle
            .createQuery(
                "SELECT EXISTS (SELECT FROM control.activity_month_built WHERE month = :month)")
            .bind("month", month.atDay(1))
            .mapTo(Boolean.class)
            .one();
    if (isBuilt && stale.isEmpty()) {
      compare(
          month.toString(),
          ActivitySets.stored(
              handle, "activity_month", month.atDay(1), month.plusMonths(1).atDay(1)),
          united,
          differences);
    }
    return differences;
  }

  private static void compare(
      String bucket,
      Map<List<String>, Pair> stored,
      Map<List<String>, Pair> source,
      List<Difference> differences) {
    Set<List<String>> keys = new HashSet<>(stored.keySet());
    keys.addAll(source.keySet());
    for (List<String> key : keys) {
      Pair found = stored.getOrDefault(key, new Pair());
      Pair wanted = source.getOrDefault(key, new Pair());
      for (UserSets.Side side : UserSets.Side.values()) {
        if (!found.of(side).equals(wanted.of(side)) && differences.size() < 100) {
          differences.add(
              new Difference(
                  Json.write(
                      Map.of(
                          "bucket", bucket,
                          "category", key.get(0),
                          "region", key.get(1),
                          "side", side.name())),
                  Json.write(Map.of("users", found.of(side).getCardinality())),
                  Json.write(Map.of("users", wanted.of(side).getCardinality()))));
        }
      }
    }
  }

  /** A finding counts if nothing was rebuilt or quarantined since its snapshot. */
  private void record(Transaction transaction, Finding finding) {
    if (finding.epoch() < 0) {
      return;
    }
    String subject = finding.cube().table() + ":" + finding.month();
    boolean isEqual = finding.differences().isEmpty();
    int stamped =
        transaction
            .handle()
            .createUpdate(
                isEqual
                    ? """
                      INSERT INTO control.rollup_month_check AS known (cube, month, verified_at)
                      VALUES (:cube, :month, :at)
                      ON CONFLICT (cube, month) DO UPDATE SET verified_at = :at
                       WHERE known.epoch = :epoch AND known.quarantined_at IS NULL
                      """
                    : """
                      INSERT INTO control.rollup_month_check AS known (cube, month, quarantined_at, epoch)
                      VALUES (:cube, :month, :at, 1)
                      ON CONFLICT (cube, month) DO UPDATE
                         SET quarantined_at = coalesce(known.quarantined_at, :at), verified_at = NULL, epoch = known.epoch + 1
                       WHERE known.epoch = :epoch
                      """)
            .bind("cube", finding.cube().table())
            .bind("month", finding.month().atDay(1))
            .bind("at", finding.at())
            .bind("epoch", finding.epoch())
            .execute();
    if (stamped == 0) {
      return;
    }
    if (isEqual) {
      alerts.clear(
          transaction, RULE, subject, "The month was rebuilt and equals the source again.");
      return;
    }
    finding.differences().stream()
        .limit(EVIDENCE)
        .forEach(
            difference ->
                transaction
                    .handle()
                    .createUpdate(
                        """
                        INSERT INTO control.rollup_mismatch (found_at, cube, month, cell, stored, in_source)
                        VALUES (:at, :cube, :month, :cell::jsonb, :stored::jsonb, :inSource::jsonb)
                        """)
                    .bind("at", finding.at())
                    .bind("cube", finding.cube().table())
                    .bind("month", finding.month().atDay(1))
                    .bind("cell", difference.cell())
                    .bind("stored", difference.stored())
                    .bind("inSource", difference.inSource())
                    .execute());
    alerts.report(
        transaction,
        RULE,
        subject,
        "Stored aggregates of " + finding.month() + " differ from the source",
        Map.of(
            "cube", finding.cube().table(),
            "month", finding.month().toString(),
            "cells", finding.differences().size(),
            "cure",
                "Its answers come from the source. Find out why, then rebuild it (docs/analytics.md)."));
  }
}
