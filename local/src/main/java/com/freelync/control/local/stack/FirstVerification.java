package com.freelync.control.local.stack;

import com.freelync.control.ControlCenter;
import com.freelync.control.analytics.ActivitySets;
import com.freelync.control.analytics.Rollups;
import com.freelync.control.analytics.Verifier;
import com.freelync.control.database.Database;
import com.freelync.control.database.DatabaseSettings;
import com.freelync.control.sandbox.postgres.SandboxPostgres;
import java.time.Clock;

/**
 * Makes and proves the rollups of a new marketplace, so that the first numbers seen are verified.
 */
final class FirstVerification {
  private static final String WORKER = "control_worker";

  private final SandboxPostgres postgres;

  FirstVerification(SandboxPostgres postgres) {
    this.postgres = postgres;
  }

  void run() {
    DatabaseSettings asWorker =
        new DatabaseSettings(
            postgres.jdbcUrl(SandboxPostgres.DATABASE), WORKER, postgres.password(WORKER), 2);
    try (Database database = Database.open(asWorker, "local-verification")) {
      new Rollups(database).rebuildDoubted();
      new ActivitySets(database).makeAll();
      Verifier verifier =
          new Verifier(database, new ControlCenter(database, Clock.systemUTC()).alerts);
      verifier.due().forEach(verifier::verify);
    }
  }
}
