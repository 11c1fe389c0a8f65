package com.freelync.control.automation;

import com.freelync.control.database.Bell;
import com.freelync.control.database.Database;
import com.freelync.control.database.Failures;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who watches an execution that it changed. PostgreSQL rings for the executions that some
 * server watches, and for no other.
 */
public final class LiveExecutions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveExecutions.class);

  /** How long the database rings for a server that does not come back. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  private static final long RENEW_NANOS = Duration.ofMinutes(1).toNanos();

  /** What is not rung for, such as a word of one of several approvers, is seen so late. */
  private static final long LOOK_NANOS = Duration.ofSeconds(5).toNanos();

  /** What commits while somebody begins to watch may not be rung for. */
  private static final long NEW_NANOS = Duration.ofSeconds(3).toNanos();

  private final Database database;
  private final UUID watcher = UUID.randomUUID();
  private final Map<UUID, List<Watch>> watches = new ConcurrentHashMap<>();
  private final Bell bell;
  private long renewedNanos = System.nanoTime();
  private long lookedNanos = System.nanoTime();

  private LiveExecutions(Database database) {
    this.database = database;
    this.bell =
        Bell.start(
            database,
            "execution_event",
            new Bell.Listener() {
              @Override
              public void connected() {
                renew();
                lookAtAll();
              }

              @Override
              public void look(Set<String> rung) {
                rung.forEach(id -> lookAt(UUID.fromString(id)));
                lookByTheClock();
              }
            });
  }

  /** Begins to listen; it takes one connection of the pool. */
  public static LiveExecutions start(Database database) {
    return new LiveExecutions(database);
  }

  /** Somebody who watches an execution. */
  public final class Watch implements AutoCloseable {
    private final UUID executionId;
    private final Runnable look;
    private final long begunNanos = System.nanoTime();

    private Watch(UUID executionId, Runnable look) {
      this.executionId = executionId;
      this.look = look;
    }

    private void look() {
      try {
        look.run();
      } catch (RuntimeException e) {
        LOG.warn("An execution cannot be shown now: {}", Failures.describe(e));
      }
    }

    @Override
    public void close() {
      watches.computeIfPresent(
          executionId,
          (id, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
      if (!watches.containsKey(executionId)) {
        forget(executionId);
      }
    }
  }

  /**
   * Watches an execution from now on.
   *
   * @param look is called, on a thread of this object's, whenever it may have changed
   */
  public Watch watch(UUID executionId, Runnable look) {
    Watch watch = new Watch(executionId, look);
    watches.computeIfAbsent(executionId, id -> new CopyOnWriteArrayList<>()).add(watch);
    keep(List.of(executionId));
    return watch;
  }

  private void lookAt(UUID executionId) {
    watches.getOrDefault(executionId, List.of()).forEach(Watch::look);
  }

  private void lookAtAll() {
    lookedNanos = System.nanoTime();
    watches.values().forEach(all -> all.forEach(Watch::look));
  }

  private void lookByTheClock() {
    long now = System.nanoTime();
    if (now - renewedNanos > RENEW_NANOS) {
      renew();
    }
    if (now - lookedNanos > LOOK_NANOS) {
      lookAtAll();
      return;
    }
    watches
        .values()
        .forEach(
            all ->
                all.stream()
                    .filter(watch -> now - watch.begunNanos < NEW_NANOS)
                    .forEach(Watch::look));
  }

  private void renew() {
    renewedNanos = System.nanoTime();
    keep(watches.keySet());
    database.transaction(transaction -> transaction.attach(Dao.class).clean());
  }

  private void keep(Collection<UUID> executions) {
    if (!executions.isEmpty()) {
      database.transaction(
          transaction ->
              transaction
                  .attach(Dao.class)
                  .keep(executions.toArray(UUID[]::new), watcher, KEPT.toSeconds()));
    }
  }

  private void forget(UUID executionId) {
    try {
      database.transaction(
          transaction -> transaction.attach(Dao.class).forget(executionId, watcher));
    } catch (RuntimeException e) {
      LOG.debug("It is forgotten later: {}", Failures.describe(e));
    }
  }

  @Override
  public void close() {
    bell.close();
  }

  interface Dao {
    @SqlUpdate(
        """
        INSERT INTO control.execution_watch (execution_id, watcher, until)
        SELECT id, :watcher, clock_timestamp() + make_interval(secs => :seconds)
          FROM unnest(CAST(:executions AS uuid[])) AS id ORDER BY id
        ON CONFLICT (execution_id, watcher) DO UPDATE SET until = excluded.until
        """)
    int keep(
        @Bind("executions") UUID[] executions,
        @Bind("watcher") UUID watcher,
        @Bind("seconds") double seconds);

    @SqlUpdate(
        "DELETE FROM control.execution_watch WHERE execution_id = :execution AND watcher = :watcher")
    int forget(@Bind("execution") UUID execution, @Bind("watcher") UUID watcher);

    @SqlUpdate("DELETE FROM control.execution_watch WHERE until < clock_timestamp()")
    int clean();
  }
}
