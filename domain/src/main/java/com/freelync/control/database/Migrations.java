package com.freelync.control.database;

import org.flywaydb.core.Flyway;

/** The schema {@code control}, brought to its newest version by forward-only SQL files. */
public final class Migrations {
  private Migrations() {}

  /**
   * Applies what is missing, as the role that owns the schema.
   *
   * @return how many migrations were applied
   * @throws org.flywaydb.core.api.FlywayException if one fails; nothing of it remains
   */
  public static int migrate(String jdbcUrl, String user, String password) {
    return Flyway.configure()
        .dataSource(jdbcUrl, user, password)
        .schemas("control")
        .defaultSchema("control")
        .createSchemas(true)
        .locations("classpath:db/migration")
        // Numbers are given to branches beforehand, which land in any order.
        .outOfOrder(true)
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
