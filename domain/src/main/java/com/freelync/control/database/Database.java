package com.freelync.control.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool of connections to PostgreSQL as one role. */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi =
        Jdbi.create(pool).installPlugin(new PostgresPlugin()).installPlugin(new SqlObjectPlugin());
    jdbi.registerRowMapper(new RecordMappers());
    SharedDaos.install(jdbi);
  }

  /**
   * How long callers of a pool wait.
   *
   * @param connection for a connection, in milliseconds
   * @param statement for a statement, in milliseconds
   */
  public record Patience(long connection, long statement) {
    /** Of requests of people and other services. */
    public static final Patience OF_REQUESTS = new Patience(5_000, 15_000);

    /** Of a local activity, which must end before Temporal counts it as lost. */
    public static final Patience OF_LOCAL_ACTIVITIES = new Patience(1_000, 1_800);

    /** Of questions to metrics, whose role has the same bound. */
    public static final Patience OF_QUESTIONS = new Patience(5_000, 10_000);

    /** Of work that nobody waits for. */
    public static final Patience ENDLESS = new Patience(5_000, 0);
  }

  /** Opens a pool; connections are made when first needed, so PostgreSQL may still be away. */
  public static Database open(DatabaseSettings settings, String poolName) {
    return open(settings, poolName, Patience.ENDLESS);
  }

  /** Opens a pool whose callers wait so long and no longer. */
  public static Database open(DatabaseSettings settings, String poolName, Patience patience) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(poolName);
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.maxConnections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(patience.connection());
    config.setValidationTimeout(patience.connection() / 2);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("ApplicationName", poolName);
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", String.valueOf(patience.connection() / 1_000));
    // A transaction that waits for a lock gives up before the local activity that it belongs to.
    // The isolation is said once for each connection: no transaction needs to ask for it.
    config.addDataSourceProperty(
        "options",
        "-c lock_timeout=1500 -c default_transaction_isolation=read\\ committed"
            + " -c statement_timeout="
            + patience.statement());
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
    return read(Cancellation.NEVER, work);
  }

  /** The same, ended when nobody waits for it any more: its statement fails as one timed out. */
  public <T> T read(Cancellation cancellation, Function<Handle, T> work) {
    try (Handle handle = jdbi.open();
        Cancellation.Watch watch = cancellation.watch(() -> cancel(handle))) {
      handle.setReadOnly(true);
      return handle.inTransaction(
          reading -> {
            // One statement, where the driver's way to say it asks and sets the session four times.
            reading.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            return work.apply(reading);
          });
    }
  }

  private static void cancel(Handle handle) {
    try {
      handle.getConnection().unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      LOG.debug("a statement could not be cancelled: {}", e.getMessage());
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
