package com.freelync.control.sandbox.marketplace;

import org.flywaydb.core.Flyway;

/** The schema {@code marketplace}: its tables, their meaning as comments, and who may do what. */
public final class MarketplaceSchema {
  private MarketplaceSchema() {}

  /**
   * Brings the schema up to date; does nothing when it is.
   *
   * @param user owns the schema: {@code marketplace_owner}
   * @throws org.flywaydb.core.api.FlywayException when a migration fails or was altered afterwards
   */
  public static void migrate(String jdbcUrl, String user, String password) {
    Flyway.configure(MarketplaceSchema.class.getClassLoader())
        .dataSource(jdbcUrl, user, password)
        .schemas("marketplace")
        .table("schema_history")
        .locations("classpath:com/freelync/control/sandbox/marketplace/migrations")
        .loggers("slf4j")
        .load()
        .migrate();
  }
}
