package com.freelync.control.sandbox.marketplace;

import com.freelync.control.sandbox.postgres.SandboxPostgres;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** One PostgreSQL for all tests of this JVM, and databases with the marketplace's schema on it. */
public final class TestMarketplace {
  private static final SandboxPostgres POSTGRES = SandboxPostgres.temporary();

  private TestMarketplace() {}

  /** The server. */
  public static SandboxPostgres postgres() {
    return POSTGRES;
  }

  /** An empty marketplace in a database of its own. */
  public static void create(String database) {
    POSTGRES.createDatabase(database, null);
    MarketplaceSchema.migrate(
        POSTGRES.jdbcUrl(database), "marketplace_owner", POSTGRES.password("marketplace_owner"));
  }

  /** A pool of connections as a role. */
  public static HikariDataSource pool(String database, String role) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(POSTGRES.jdbcUrl(database));
    config.setUsername(role);
    config.setPassword(POSTGRES.password(role));
    config.setMaximumPoolSize(8);
    return new HikariDataSource(config);
  }
}
