package com.freelync.control.database;

import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** What PostgreSQL reads of a table, by its own counters of the transaction. */
public final class TableReads {
  /** Far more than a page, and far less than a table of 100,000 rows. */
  private static final long FEW = 1_000;

  private TableReads() {}

  /** {@code few} if a page is read by an index and few rows; else what was read for it. */
  public static String of(Handle handle, String table, Supplier<List<?>> page) {
    Counters before = counters(handle, table);
    int rows = page.get().size();
    Counters after = counters(handle, table);
    long scans = after.scans() - before.scans();
    long read = after.read() - before.read();
    return scans == 0 && read <= FEW
        ? "few"
        : "%d rows of %s for %d, in %d scans of all".formatted(read, table, rows, scans);
  }

  private record Counters(long scans, long read) {}

  private static Counters counters(Handle handle, String table) {
    return handle
        .select(
            """
            SELECT seq_scan, seq_tup_read + coalesce(idx_tup_fetch, 0)
              FROM pg_stat_xact_user_tables WHERE schemaname || '.' || relname = ?
            """,
            table)
        .map((row, context) -> new Counters(row.getLong(1), row.getLong(2)))
        .one();
  }
}
