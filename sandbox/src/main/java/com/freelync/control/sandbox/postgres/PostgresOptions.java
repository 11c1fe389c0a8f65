package com.freelync.control.sandbox.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * How the server treats its data.
 *
 * @param durable false turns fsync off: faster, and the data does not survive a crash of the
 *     machine
 * @param maxConnections connections at once, all roles together
 * @param sharedBuffers PostgreSQL's page cache, in its own notation ({@code 128MB})
 */
public record PostgresOptions(boolean durable, int maxConnections, String sharedBuffers) {
  /** For data that is kept between runs. */
  public static PostgresOptions kept() {
    return new PostgresOptions(true, 200, "128MB");
  }

  /** For tests: everything that guards against a crash of the machine is off. */
  public static PostgresOptions forTests() {
    return new PostgresOptions(false, 300, "64MB");
  }

  List<String> settings(int port) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "password_encryption=scram-sha-256",
                "max_connections=" + maxConnections,
                "shared_buffers=" + sharedBuffers,
                "max_wal_size=2GB",
                // Nobody follows a sandbox: a bulk load needs no log.
                "wal_level=minimal",
                "max_wal_senders=0",
                "timezone=UTC",
                "log_timezone=UTC",
                "log_line_prefix=%m [%p] %u@%d ",
                "max_worker_processes=4"));
    if (!durable) {
      settings.addAll(
          List.of("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=on"));
    }
    return settings;
  }
}
