package com.freelync.control.analytics;

import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Keeps the rollups: folds what changed into them, and makes them anew from the source. */
public final class Rollups {
  /** So many deltas are merged at once: a second of very lively traffic. */
  private static final int BATCH = 20_000;

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
    for (Cube cube : SUMS) {
      rebuild(cube, from, until);
    }
    database.transaction(
        transaction -> {
          ActivitySets.distrust(transaction, from, until);
          return transaction
              .handle()
              .createUpdate(
                  """
                  UPDATE control.rollup_month_check
                     SET quarantined_at = NULL, verified_at = NULL, epoch = epoch + 1
                   WHERE cube = 'activity' AND month >= :from AND month < :until
                  """)
              .bind("from", from.atDay(1))
              .bind("until", until.atDay(1))
              .execute();
        });
  }

  private void rebuild(Cube cube, YearMonth from, YearMonth until) {
    database.transaction(
        transaction ->
            patient(transaction)
                .createQuery("SELECT control.rebuild_" + cube.table() + "(:from, :until)")
                .bind("from", from.atDay(1))
                .bind("until", until.atDay(1))
                .mapTo(Integer.class)
                .one());
  }

  /** Another rebuild may hold the lock for minutes: it is waited for. */
  private static Handle patient(Transaction transaction) {
    transaction.handle().execute("SET LOCAL lock_timeout = 0");
    return transaction.handle();
  }

  /** The names of families of which no cell may be believed: they must be rebuilt. */
  public List<String> doubted() {
    foldAll();
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT cube FROM control.analytics_cube WHERE doubted_at IS NOT NULL ORDER BY 1")
                .mapTo(String.class)
                .list());
  }

  /**
   * The months that a family has data in, of cells or of the source, in order.
   *
   * @param name as {@link #doubted} says it
   */
  public List<YearMonth> months(String name) {
    Cube cube = Cube.named(name);
    return database.read(handle -> months(handle, cube == Cube.ACTIVITY ? Cube.MARKET : cube));
  }

  private static List<YearMonth> months(Handle handle, Cube cube) {
    List<String> sources = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      String select =
          "SELECT control.business_time(min(at)) a, control.business_time(max(at)) b FROM control.source_"
              + measure.fact();
      if (measure.cube() == cube && !sources.contains(select)) {
        sources.add(select);
      }
    }
    sources.add("SELECT min(bucket), max(bucket) FROM control." + cube.table() + "_hour");
    return handle
        .createQuery(
            """
            SELECT m::date FROM (SELECT min(a) AS first, max(b) AS last FROM (%s) source) range,
              LATERAL generate_series(date_trunc('month', first), last, interval '1 month') m ORDER BY 1
            """
                .formatted(String.join(" UNION ALL ", sources)))
        .mapTo(LocalDate.class)
        .map(YearMonth::from)
        .list();
  }

  /** A number that says whether a family was doubted again in the meantime. */
  public long epoch(String name) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT epoch FROM control.analytics_cube WHERE cube = :cube")
                .bind("cube", name)
                .mapTo(Long.class)
                .one());
  }

  /** Makes some months of one family anew. */
  public void rebuild(String name, YearMonth from, YearMonth until) {
    Cube cube = Cube.named(name);
    rebuild(cube, from, until);
    if (cube == Cube.MARKET) {
      database.transaction(
          transaction -> {
            ActivitySets.distrust(transaction, from, until);
            return true;
          });
    }
  }

  /**
   * Believes a family again, all of whose months were rebuilt since this epoch.
   *
   * @return false when something was doubted since: it must be rebuilt once more
   */
  public boolean trust(String name, long epoch) {
    return database.transaction(
        transaction ->
            patient(transaction)
                .createQuery("SELECT control.analytics_trust(:cube, :epoch)")
                .bind("cube", name)
                .bind("epoch", epoch)
                .mapTo(Boolean.class)
                .one());
  }

  /** Rebuilds what is doubted, a year at a time, until nothing is; returns how many months. */
  public int rebuildDoubted(Runnable progress) {
    int rebuilt = 0;
    for (String cube : doubted()) {
      boolean isTrusted = false;
      while (!isTrusted) {
        long epoch = epoch(cube);
        List<YearMonth> months = months(cube);
        for (int i = 0; i < months.size(); i += 12) {
          YearMonth last = months.get(Math.min(i + 12, months.size()) - 1);
          rebuild(cube, months.get(i), last.plusMonths(1));
          progress.run();
        }
        rebuilt += months.size();
        isTrusted = trust(cube, epoch);
      }
    }
    return rebuilt;
  }
}
