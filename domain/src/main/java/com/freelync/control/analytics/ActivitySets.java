package com.freelync.control.analytics;

import com.freelync.control.analytics.UserSets.Side;
import com.freelync.control.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Makes the sets of active users of days that changed, and the sets of months of which every day is
 * made. Whoever holds the rollups' lock does it, so any number of workers may try.
 */
public final class ActivitySets {
  private final Database database;

  /** Writes as the workers' role. */
  public ActivitySets(Database database) {
    this.database = database;
  }

  /**
   * Makes the days that are stale now, the oldest first, then the months of which every day is
   * made; each in a transaction of its own, so that folding is not held up. A day that changes
   * again meanwhile waits for the next time. Where somebody else is at it, nothing is done.
   */
  public void makeAll() {
    List<LocalDate> days =
        database.read(
            handle ->
                handle
                    .createQuery("SELECT DISTINCT day FROM control.activity_stale ORDER BY day")
                    .mapTo(LocalDate.class)
                    .list());
    for (LocalDate day : days) {
      locked(
          handle -> {
            makeDay(handle, day);
            return true;
          });
    }
    while (locked(ActivitySets::makeMonth)) {
      // One after the other.
    }
  }

  private boolean locked(Function<Handle, Boolean> work) {
    return database.transaction(
        transaction -> lock(transaction.handle()) && work.apply(transaction.handle()));
  }

  /** The days of a time whose sets are older than the source, at what the handle sees. */
  static Set<LocalDate> stale(Handle handle, LocalDate from, LocalDate until) {
    return handle
        .createQuery(
            """
            SELECT day FROM control.activity_stale WHERE day >= :from AND day < :until
            UNION
            SELECT bucket::date FROM control.market_delta
             WHERE activity AND bucket >= :from AND bucket < :until
            """)
        .bind("from", from)
        .bind("until", until)
        .mapTo(LocalDate.class)
        .set();
  }

  private static boolean lock(Handle handle) {
    return handle.createQuery("SELECT control.analytics_lock(false)").mapTo(Boolean.class).one();
  }

  /** What is stale when the statement begins is made anew from what the next one sees. */
  private static void makeDay(Handle handle, LocalDate day) {
    handle
        .createUpdate("DELETE FROM control.activity_stale WHERE day = :day")
        .bind("day", day)
        .execute();
    for (String table : List.of("activity_month_built", "activity_month")) {
      String column = table.endsWith("built") ? "month" : "bucket";
      handle
          .createUpdate("DELETE FROM control." + table + " WHERE " + column + " = :month")
          .bind("month", day.withDayOfMonth(1))
          .execute();
    }
    handle
        .createUpdate(
            """
            INSERT INTO control.user_number (user_id)
            SELECT DISTINCT user_id FROM (
              SELECT buyer_id AS user_id FROM control.activity_source WHERE at >= :from AND at < :to
              UNION ALL
              SELECT seller_id FROM control.activity_source WHERE at >= :from AND at < :to) active
             WHERE NOT EXISTS (SELECT FROM control.user_number n WHERE n.user_id = active.user_id)
            ON CONFLICT DO NOTHING
            """)
        .bind("from", BusinessTime.instant(day.atStartOfDay()))
        .bind("to", BusinessTime.instant(day.plusDays(1).atStartOfDay()))
        .execute();
    Map<List<String>, UserSets.Pair> cells = read(handle, day);
    handle
        .createUpdate("DELETE FROM control.activity_day WHERE bucket = :day")
        .bind("day", day)
        .execute();
    write(handle, "activity_day", day, cells);
  }

  /**
   * The sets of a day as the source has them. Whoever has no number yet is in it as one that nobody
   * has, so a stored set never equals it.
   */
  static Map<List<String>, UserSets.Pair> read(Handle handle, LocalDate day) {
    Map<List<String>, UserSets.Pair> cells = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT category, region, coalesce(b.number, -1) AS buyer, coalesce(s.number, -1) AS seller
              FROM control.activity_source a
              LEFT JOIN control.user_number b ON b.user_id = a.buyer_id
              LEFT JOIN control.user_number s ON s.user_id = a.seller_id
             WHERE at >= :from AND at < :to
            """)
        .bind("from", BusinessTime.instant(day.atStartOfDay()))
        .bind("to", BusinessTime.instant(day.plusDays(1).atStartOfDay()))
        .setFetchSize(5_000)
        .map(
            (row, context) -> {
              UserSets.Pair cell = cell(cells, row);
              cell.of(Side.BUYER).add(row.getInt("buyer"));
              cell.of(Side.SELLER).add(row.getInt("seller"));
              return cell;
            })
        .forEach(cell -> {});
    return cells;
  }

  /** A month that is over and has no stale day left. */
  private static boolean makeMonth(Handle handle) {
    Optional<LocalDate> month =
        handle
            .createQuery(
                """
                SELECT min(m) FROM (
                  SELECT DISTINCT date_trunc('month', bucket)::date AS m FROM control.activity_day) months
                 WHERE m < date_trunc('month', control.business_time(now()))
                   AND NOT EXISTS (SELECT FROM control.activity_month_built b WHERE b.month = m)
                """)
            .mapTo(LocalDate.class)
            .findOne();
    if (month.isEmpty()) {
      return false;
    }
    Map<List<String>, UserSets.Pair> cells =
        stored(handle, "activity_day", month.get(), month.get().plusMonths(1));
    handle
        .createUpdate("DELETE FROM control.activity_month WHERE bucket = :month")
        .bind("month", month.get())
        .execute();
    write(handle, "activity_month", month.get(), cells);
    handle
        .createUpdate("INSERT INTO control.activity_month_built (month) VALUES (:month)")
        .bind("month", month.get())
        .execute();
    return true;
  }

  /** The stored sets of a time, united by category and region. */
  static Map<List<String>, UserSets.Pair> stored(
      Handle handle, String table, LocalDate from, LocalDate until) {
    Map<List<String>, UserSets.Pair> cells = new HashMap<>();
    handle
        .createQuery(
            "SELECT category, region, buyers, sellers FROM control."
                + table
                + " WHERE bucket >= :from AND bucket < :until")
        .bind("from", from)
        .bind("until", until)
        .setFetchSize(1_000)
        .map(
            (row, context) -> {
              UserSets.Pair cell = cell(cells, row);
              cell.of(Side.BUYER).or(UserSets.read(row.getBytes("buyers")));
              cell.of(Side.SELLER).or(UserSets.read(row.getBytes("sellers")));
              return cell;
            })
        .forEach(cell -> {});
    return cells;
  }

  /** The cell of a row, begun when it is the first of it. */
  private static UserSets.Pair cell(Map<List<String>, UserSets.Pair> cells, ResultSet row)
      throws SQLException {
    return cells.computeIfAbsent(
        List.of(row.getString("category"), row.getString("region")), key -> new UserSets.Pair());
  }

  private static void write(
      Handle handle, String table, LocalDate bucket, Map<List<String>, UserSets.Pair> cells) {
    if (cells.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO control."
                + table
                + " (bucket, category, region, buyers, sellers)"
                + " VALUES (:bucket, :category, :region, :buyers, :sellers)");
    cells.forEach(
        (key, cell) ->
            batch
                .bind("bucket", bucket)
                .bind("category", key.get(0))
                .bind("region", key.get(1))
                .bind("buyers", UserSets.write(cell.of(Side.BUYER)))
                .bind("sellers", UserSets.write(cell.of(Side.SELLER)))
                .add());
    batch.execute();
  }
}
