package com.freelync.control.local.stack;

import com.freelync.control.ControlCenter;
import com.freelync.control.database.Database;
import com.freelync.control.database.DatabaseSettings;
import com.freelync.control.database.Migrations;
import com.freelync.control.sandbox.marketplace.MarketplaceSchema;
import com.freelync.control.sandbox.postgres.SandboxPostgres;
import java.time.Clock;

/** Brings the database to where the parts can start on it: schemas, then sample automations. */
final class Preparation {
  private static final String OWNER = "control_owner";

  private final SandboxPostgres postgres;
  private final Progress progress;

  Preparation(SandboxPostgres postgres, Progress progress) {
    this.postgres = postgres;
    this.progress = progress;
  }

  void migrate() {
    String url = postgres.jdbcUrl(SandboxPostgres.DATABASE);
    MarketplaceSchema.migrate(url, "marketplace_owner", postgres.password("marketplace_owner"));
    int applied = Migrations.migrate(url, OWNER, postgres.password(OWNER));
    if (applied > 0) {
      progress.say("the database has its tables (" + applied + " migrations)");
    }
    DatabaseSettings asOwner = new DatabaseSettings(url, OWNER, postgres.password(OWNER), 2);
    try (Database database = Database.open(asOwner, "local-samples")) {
      ControlCenter.installSamples(database, Clock.systemUTC());
    }
  }
}
