package com.freelync.control.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** A pool of connections to PostgreSQL as one role. */
public final class Database implements AutoCloseable {
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi =
        Jdbi.create(pool).installPlugin(new PostgresPlugin()).installPlugin(new SqlObjectPlugin());
    LazyDaos.install(jdbi);
  }

  /** Opens a pool; connections are made when first needed, so PostgreSQL may still be away. */
  public static Database open(DatabaseSettings settings, String poolName) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(poolName);
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.maxConnections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(5_000);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("ApplicationName", poolName);
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "5");
    // A transaction that waits for a lock gives up before the local activity that it belongs to.
    // The isolation is said once for each connection: no transaction needs to ask for it.
    config.addDataSourceProperty(
        "options", "-c lock_timeout=1500 -c default_transaction_isolation=read\\ committed");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    return new Database(new HikariDataSource(config));
  }

  /** Runs the work in one transaction (read committed) and commits it; rolls back if it throws. */
  public <T> T transaction(Function<Transaction, T> work) {
    try (Handle handle = jdbi.open()) {
      OpenTransaction transaction = new OpenTransaction(handle);
      T result = handle.inTransaction(ignored -> work.apply(transaction));
      transaction.committed();
      return result;
    }
  }

  /** Runs the work in one transaction and takes all of it back: nothing of it is ever seen. */
  public void rehearse(Consumer<Transaction> work) {
    try (Handle handle = jdbi.open()) {
      handle.useTransaction(
          rehearsing -> {
            work.accept(new OpenTransaction(rehearsing));
            rehearsing.rollback();
          });
    }
  }

  /** Runs the work in a read-only transaction that sees one snapshot of the database. */
  public <T> T read(Function<Handle, T> work) {
    try (Handle handle = jdbi.open()) {
      handle.setReadOnly(true);
      return handle.inTransaction(
          reading -> {
            // One statement, where the driver's way to say it asks and sets the session four times.
            reading.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            return work.apply(reading);
          });
    }
  }

  /** The pool itself, for libraries that want a {@link DataSource}. */
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
