package com.freelync.control.api;

import com.freelync.control.database.DatabaseSettings;
import com.freelync.control.database.Migrations;
import io.dropwizard.core.cli.ConfiguredCommand;
import io.dropwizard.core.setup.Bootstrap;
import net.sourceforge.argparse4j.inf.Namespace;

/**
 * Brings schema {@code control} to its newest version: {@code migrate config/control-center.yml},
 * with the schema's owner as {@code DATABASE_USER}.
 */
final class MigrateCommand extends ConfiguredCommand<ApiConfiguration> {
  MigrateCommand() {
    super("migrate", "Applies the migrations that are missing, as the schema's owner");
  }

  @Override
  protected void run(
      Bootstrap<ApiConfiguration> bootstrap, Namespace arguments, ApiConfiguration configuration) {
    DatabaseSettings owner = configuration.database();
    int applied = Migrations.migrate(owner.url(), owner.user(), owner.password());
    System.out.println(applied + " migrations applied");
  }
}
