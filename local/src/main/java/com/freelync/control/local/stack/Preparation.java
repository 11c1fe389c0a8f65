package com.freelync.control.local.stack;

import com.freelync.control.database.Migrations;
import com.freelync.control.sandbox.marketplace.MarketplaceSchema;
import com.freelync.control.sandbox.postgres.SandboxPostgres;

/** Brings the database to where the parts can start on it: schemas, then samples. */
final class Preparation {
  private final SandboxPostgres postgres;
  private final Progress progress;

  Preparation(SandboxPostgres postgres, Progress progress) {
    this.postgres = postgres;
    this.progress = progress;
  }

  void migrate() throws PartFailed {
    String url = postgres.jdbcUrl(SandboxPostgres.DATABASE);
    MarketplaceSchema.migrate(url, "marketplace_owner", postgres.password("marketplace_owner"));
    int applied = Migrations.migrate(url, "control_owner", postgres.password("control_owner"));
    if (applied > 0) {
      progress.say("the database has its tables (" + applied + " migrations)");
    }
  }
}
