package com.freelync.control.analytics;

import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Keeps the rollups: folds what changed into them, and makes them anew from the source. */
public final class Rollups {
  /** So many deltas are merged at once: a second of very lively traffic. */
  private static final int BATCH = 20_000;

  /** So many months are rebuilt at once where they are small. */
  private static final int MONTHS_AT_ONCE = 12;

  /** Folding waits for a rebuild: as many months at once as take about this long, but one. */
  private static final long PAUSE_NANOS = 1_000_000_000L;

  /** The families of rollups that are sums. */
  private static final List<Cube> SUMS = List.of(Cube.MARKET, Cube.PEOPLE);

  private final Database database;

  /** Writes as the workers' role. */
  public Rollups(Database database) {
    this.database = database;
  }

  /**
   * Merges deltas into the rollups, each family in a transaction of its own. One holder of the lock
   * folds at a time; the others do nothing.
   *
   * @return whether there may be more to fold
   */
  public boolean fold() {
    boolean isMore = false;
    for (Cube cube : SUMS) {
      Optional<Integer> merged =
          database.transaction(
              transaction ->
                  transaction
                      .handle()
                      .createQuery("SELECT control.fold_" + cube.table() + "(:most)")
                      .bind("most", BATCH)
                      .mapTo(Integer.class)
                      .findOne());
      isMore |= merged.isPresent() && merged.get() == BATCH;
    }
    return isMore;
  }

  /** Folds until nothing is left, or somebody else does it. */
  public void foldAll() {
    while (fold()) {
      // Each batch in a transaction of its own.
    }
  }

  /**
   * Makes the cells of whole months anew from the source while traffic runs; it ends their
   * quarantine, and they count as verified when the verifier has looked.
   *
   * @param until the first month that does not belong to it
   */
  public void rebuild(YearMonth from, YearMonth until) {
    SUMS.forEach(cube -> rebuild(cube, from, until));
  }

  /**
   * The sets of users are made of the market's rows, so they are distrusted in the same
   * transaction: an interrupted rebuild never leaves sets that are older than their cells.
   */
  private void rebuild(Cube cube, YearMonth from, YearMonth until) {
    database.transaction(
        transaction -> {
          Handle handle = patient(transaction);
          rebuild(handle, cube, from, until);
          if (cube == Cube.MARKET) {
            rebuild(handle, Cube.ACTIVITY, from, until);
          }
          return true;
        });
  }

  private static void rebuild(Handle handle, Cube cube, YearMonth from, YearMonth until) {
    handle
        .createQuery("SELECT control.rebuild_" + cube.table() + "(:from, :until)")
        .bind("from", from.atDay(1))
        .bind("until", until.atDay(1))
        .mapTo(Integer.class)
        .one();
  }

  /** Another rebuild may hold the lock for minutes: it is waited for. */
  private static Handle patient(Transaction transaction) {
    transaction.handle().execute("SET LOCAL lock_timeout = 0");
    return transaction.handle();
  }

  /** Rebuilds what may not be believed, whoever waits for it. */
  public int rebuildDoubted() {
    return rebuildDoubted(() -> {});
  }

  /**
   * Rebuilds every family that may not be believed, some months at a time. Each month says that it
   * was rebuilt, so a second attempt goes on where the first one ended. What is doubted meanwhile
   * is left for the next time.
   *
   * @param progress told after each statement; may throw to end it
   * @return how many months were made
   */
  public int rebuildDoubted(Runnable progress) {
    foldAll();
    int rebuilt = 0;
    for (Cube cube : SUMS) {
      if (isDoubted(cube)) {
        long epoch = epoch(cube);
        List<YearMonth> months = database.read(handle -> owed(handle, cube, epoch));
        int atOnce = 1;
        for (int next = 0; next < months.size(); ) {
          int end = Math.min(next + atOnce, months.size());
          long begin = System.nanoTime();
          rebuild(cube, months.get(next), months.get(end - 1).plusMonths(1));
          long took = System.nanoTime() - begin;
          atOnce = took * 2 < PAUSE_NANOS ? Math.min(atOnce * 2, MONTHS_AT_ONCE) : 1;
          next = end;
          progress.run();
        }
        rebuilt += months.size();
        trust(cube, epoch);
      }
    }
    return rebuilt;
  }

  private boolean isDoubted(Cube cube) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT doubted_at IS NOT NULL FROM control.analytics_cube WHERE cube = :cube")
                .bind("cube", cube.table())
                .mapTo(Boolean.class)
                .one());
  }

  /** A number that grows when a family is doubted again. */
  private long epoch(Cube cube) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT epoch FROM control.analytics_cube WHERE cube = :cube")
                .bind("cube", cube.table())
                .mapTo(Long.class)
                .one());
  }

  /** Believes a family whose months were all rebuilt, unless it was doubted again meanwhile. */
  private void trust(Cube cube, long epoch) {
    database.transaction(
        transaction ->
            patient(transaction)
                .createQuery("SELECT control.analytics_trust(:cube, :epoch)")
                .bind("cube", cube.table())
                .bind("epoch", epoch)
                .mapTo(Boolean.class)
                .one());
  }

  /** The months with data, of cells or of the source, that were not rebuilt at this epoch. */
  private static List<YearMonth> owed(Handle handle, Cube cube, long epoch) {
    Set<String> times = new LinkedHashSet<>();
    for (Measure measure : Measure.values()) {
      if (measure.cube() == cube) {
        times.add(
            "SELECT control.business_time(min(at)) AS a, control.business_time(max(at)) AS b"
                + " FROM control.source_"
                + measure.fact()
                + " WHERE isfinite(at)");
      }
    }
    times.add("SELECT min(bucket), max(bucket) FROM control." + cube.table() + "_hour");
    return handle
        .createQuery(
            """
            SELECT m::date FROM (SELECT min(a) AS first, max(b) AS last FROM (%s) source) range,
              LATERAL generate_series(date_trunc('month', first), last, interval '1 month') m
             WHERE NOT EXISTS (SELECT FROM control.rollup_month_check c
                                WHERE c.cube = :cube AND c.month = m AND c.rebuilt_epoch = :epoch)
             ORDER BY 1
            """
                .formatted(String.join(" UNION ALL ", times)))
        .bind("cube", cube.table())
        .bind("epoch", epoch)
        .mapTo(LocalDate.class)
        .map(YearMonth::from)
        .list();
  }
}
