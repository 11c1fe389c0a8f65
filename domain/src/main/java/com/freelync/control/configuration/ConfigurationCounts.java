package com.freelync.control.configuration;

import com.freelync.control.database.Database;

/** How often changes failed and were taken back, for metrics. */
public final class ConfigurationCounts {
  private final Database database;

  ConfigurationCounts(Database database) {
    this.database = database;
  }

  /**
   * The numbers since the beginning.
   *
   * @param failed versions that could not become active
   * @param rolledBack versions that were taken back
   * @param pending versions that wait for people
   * @param suspended versions that people are to be asked about again
   */
  public record Counts(long failed, long rolledBack, long pending, long suspended) {}

  /** Reads them. */
  public Counts read() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT count(*) FILTER (WHERE status = 'FAILED') AS failed,
                           count(*) FILTER (WHERE status = 'ROLLED_BACK') AS rolled_back,
                           count(*) FILTER (WHERE status = 'PENDING') AS pending,
                           count(*) FILTER (WHERE suspended IS NOT NULL) AS suspended
                      FROM control.platform_config
                     WHERE status IN ('FAILED', 'ROLLED_BACK', 'PENDING') OR suspended IS NOT NULL
                    """)
                .mapTo(Counts.class)
                .one());
  }
}
