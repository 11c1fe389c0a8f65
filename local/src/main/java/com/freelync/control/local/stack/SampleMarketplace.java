package com.freelync.control.local.stack;

import com.freelync.control.sandbox.postgres.SandboxPostgres;
import com.freelync.control.sandbox.process.Forks;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A seeded marketplace, so that the first look at the control center is not an empty one. */
final class SampleMarketplace {
  private static final int TRANSACTIONS = 10_000;

  private final Layout layout;
  private final SandboxPostgres postgres;
  private final Progress progress;
  private final Forks forks;

  SampleMarketplace(Layout layout, SandboxPostgres postgres, Progress progress, Forks forks) {
    this.layout = layout;
    this.postgres = postgres;
    this.progress = progress;
    this.forks = forks;
  }

  /**
   * Loads it where the marketplace is empty, which it is at the first start and after --fresh, or
   * where a load was killed in its middle.
   *
   * @return whether it was loaded now
   */
  boolean loadOnce() throws PartFailed {
    if (!isEmpty()) {
      return false;
    }
    Path log = layout.log("generator");
    try {
      ProcessBuilder generator =
          new GeneratorProgram(layout)
              .command(
                  postgres.jdbcUrl(SandboxPostgres.DATABASE),
                  postgres.password("marketplace_app"),
                  List.of("--transactions", Integer.toString(TRANSACTIONS)))
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      if (forks.start(generator).waitFor() != 0) {
        throw new PartFailed("generator", "failed");
      }
      progress.say("a sample marketplace of " + TRANSACTIONS + " transactions is loaded");
      return true;
    } catch (IOException e) {
      throw new PartFailed("generator", "cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartFailed("generator", "was interrupted", e);
    }
  }

  private boolean isEmpty() throws PartFailed {
    try (Connection connection = postgres.connect(SandboxPostgres.DATABASE, "marketplace_app");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT NOT EXISTS (SELECT FROM marketplace.users)
                    OR EXISTS (SELECT FROM marketplace.suspended_references)
                """)) {
      return rows.next() && rows.getBoolean(1);
    } catch (SQLException e) {
      throw new PartFailed("postgres", "cannot read the marketplace: " + e.getMessage(), e);
    }
  }
}
