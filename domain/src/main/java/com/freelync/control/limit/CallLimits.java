package com.freelync.control.limit;

import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.problem.RequestRefused;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts calls against limits; exact across all servers, for the database counts (V14). */
public final class CallLimits {
  private final Database database;
  private final @Nullable Clock clock;

  public CallLimits(Database database) {
    this(database, null);
  }

  /** A clock of a test's own; the database's unless given. */
  @FunctionalInterface
  interface Clock {
    Instant now();
  }

  CallLimits(Database database, @Nullable Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * What counting a call came to.
   *
   * @param admitted whether it has room; one that has not is not counted
   * @param remaining how many more have room right now
   * @param next the time until one more place is free; at most the window
   */
  public record Counted(boolean admitted, int remaining, Duration next) {}

  /** What the database answers; times are its clock's. */
  public record Row(boolean admitted, int used, Instant oldestAt, Instant countedAt) {}

  /** Counts a call of a person, in a transaction of its own. */
  public Counted count(CallLimit limit, String subject) {
    return database.transaction(transaction -> count(transaction, limit, subject));
  }

  /**
   * Counts a call in the transaction of what it does: what is refused does not count.
   *
   * @throws RequestRefused.TooMany if it has no room
   */
  public Counted require(Transaction transaction, CallLimit limit, String subject) {
    Counted counted = count(transaction, limit, subject);
    if (!counted.admitted()) {
      throw new RequestRefused.TooMany(limit.name(), limit.most(), limit.window(), counted.next());
    }
    return counted;
  }

  private Counted count(Transaction transaction, CallLimit limit, String subject) {
    Row row =
        transaction
            .handle()
            .createQuery(
                """
                        SELECT * FROM control.count_call(
                          :name, :subject, :most, make_interval(secs => :seconds), CAST(:clock AS timestamptz))
                        """)
            .bind("name", limit.name())
            .bind("subject", subject)
            .bind("most", limit.most())
            .bind("seconds", limit.window().toMillis() / 1_000.0)
            .bind("clock", clock == null ? null : clock.now().toString())
            .mapTo(Row.class)
            .one();
    Duration next = Duration.between(row.countedAt(), row.oldestAt().plus(limit.window()));
    return new Counted(
        row.admitted(), limit.most() - row.used(), next.isNegative() ? Duration.ZERO : next);
  }
}
