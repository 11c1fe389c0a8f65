package com.freelync.control.database;

import com.freelync.control.sandbox.marketplace.MarketplaceSchema;
import com.freelync.control.sandbox.postgres.SandboxPostgres;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A migrated database of its own on the one PostgreSQL of this JVM, with every role of production.
 */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;
  private final Map<String, Database> open = new HashMap<>();

  private TestDatabase(String name) {
    this.name = name;
  }

  /** Makes a database from the template that was migrated once. */
  public static TestDatabase create() {
    String name = "test_" + COUNT.incrementAndGet();
    synchronized (Server.class) {
      Server.POSTGRES.createDatabase(name, Server.TEMPLATE);
    }
    return new TestDatabase(name);
  }

  /** How a role logs in to this database. */
  public DatabaseSettings settings(String role) {
    return new DatabaseSettings(
        Server.POSTGRES.jdbcUrl(name), role, Server.POSTGRES.password(role), 16);
  }

  /** The pool of a role, opened once. */
  public synchronized Database as(String role) {
    return open.computeIfAbsent(role, r -> Database.open(settings(r), "test-" + r));
  }

  @Override
  public synchronized void close() {
    open.values().forEach(Database::close);
    open.clear();
    Server.POSTGRES.dropDatabase(name);
  }

  /** Started when the first test needs it. */
  private static final class Server {
    static final String TEMPLATE = "template_control";
    static final SandboxPostgres POSTGRES = start();

    private static SandboxPostgres start() {
      SandboxPostgres postgres = SandboxPostgres.temporary();
      postgres.createDatabase(TEMPLATE, null);
      String url = postgres.jdbcUrl(TEMPLATE);
      MarketplaceSchema.migrate(url, "marketplace_owner", postgres.password("marketplace_owner"));
      Migrations.migrate(url, "control_owner", postgres.password("control_owner"));
      return postgres;
    }
  }
}
