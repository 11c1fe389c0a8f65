package com.freelync.control.analytics;

import com.freelync.control.alert.Alerts;
import com.freelync.control.background.BackgroundLoop;
import com.freelync.control.database.Database;
import com.freelync.control.database.Failures;
import com.freelync.control.database.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down how long calculations took, and alerts where one failed. It writes in batches beside
 * the calculations: these wait for nothing, and a process that dies loses some seconds of times,
 * which are no facts of the platform.
 */
public final class CalculationLog implements Calculations, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CalculationLog.class);
  static final String FAILED = "analytics.calculation_failed";
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
  private static final Duration KEPT = Duration.ofDays(7);

  /**
   * An alert is over when nothing of its kind failed for so long, in any process: where one of
   * several fails again and again, the successes of the others say nothing.
   */
  private static final Duration CALM = Duration.ofMinutes(10);

  /** More than that in two seconds is more than anybody asks; what is over is not written. */
  private static final int MOST = 10_000;

  private final Database database;
  private final Clock clock;
  private final BlockingQueue<Ended> waiting = new LinkedBlockingQueue<>(MOST);
  private @Nullable Alerts alerts;
  private @Nullable BackgroundLoop loop;

  /** Keeps what it hears until it is started. */
  public CalculationLog(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Begins to write, and to alert where a calculation failed. */
  public synchronized void start(Alerts told) {
    alerts = told;
    loop = BackgroundLoop.start("calculation-log", this::write, EVERY, AFTER_FAILURE);
  }

  private record Ended(Instant at, Kind kind, int millis, boolean succeeded) {}

  @Override
  public void ended(Kind kind, Duration took, boolean succeeded) {
    // Where the database is away for long the oldest are kept and the rest is let go.
    boolean ignored =
        waiting.offer(
            new Ended(
                clock.instant(),
                kind,
                (int) Math.min(Integer.MAX_VALUE, took.toMillis()),
                succeeded));
  }

  /** Writes what waits now. */
  synchronized boolean write() {
    List<Ended> batch = List.copyOf(waiting);
    Alerts told = alerts;
    if (batch.isEmpty() || told == null) {
      return false;
    }
    database.transaction(
        transaction -> {
          insert(transaction, batch);
          telling(batch).values().forEach(ended -> tell(told, transaction, ended));
          return true;
        });
    // Only now: what could not be written waits for the next time.
    batch.forEach(ended -> waiting.poll());
    return false;
  }

  private void insert(Transaction transaction, List<Ended> batch) {
    transaction
        .handle()
        .createUpdate("DELETE FROM control.calculation WHERE at < :before")
        .bind("before", clock.instant().minus(KEPT))
        .execute();
    transaction
        .handle()
        .createUpdate(
            """
            INSERT INTO control.calculation (at, kind, millis, succeeded)
            SELECT * FROM unnest(CAST(:ats AS timestamptz[]), :kinds, :millis, :succeeded)
            """)
        .bind("ats", batch.stream().map(ended -> ended.at().toString()).toArray(String[]::new))
        .bind("kinds", batch.stream().map(ended -> ended.kind().name()).toArray(String[]::new))
        .bind("millis", batch.stream().map(Ended::millis).toArray(Integer[]::new))
        .bind("succeeded", batch.stream().map(Ended::succeeded).toArray(Boolean[]::new))
        .execute();
  }

  /**
   * Of each kind the newest that failed, or else the newest; in the order of their names, in which
   * everybody locks alerts.
   */
  private static Map<String, Ended> telling(List<Ended> batch) {
    Map<String, Ended> telling = new TreeMap<>();
    for (Ended ended : batch) {
      telling.merge(
          ended.kind().name(),
          ended,
          (known, next) -> next.succeeded() && !known.succeeded() ? known : next);
    }
    return telling;
  }

  private void tell(Alerts alerts, Transaction transaction, Ended ended) {
    String subject = ended.kind().name().toLowerCase(Locale.ROOT);
    if (ended.succeeded()) {
      if (isCalm(transaction, ended.kind())) {
        alerts.clear(transaction, FAILED, subject, "Nothing failed for ten minutes.");
      }
    } else {
      alerts.report(
          transaction,
          FAILED,
          subject,
          "Metrics could not be calculated (" + subject + ")",
          Map.of("at", ended.at().toString(), "millis", ended.millis()));
    }
  }

  private boolean isCalm(Transaction transaction, Kind kind) {
    return transaction
        .handle()
        .createQuery(
            """
            SELECT NOT EXISTS (SELECT FROM control.calculation
                                WHERE at > :since AND kind = :kind AND NOT succeeded)
            """)
        .bind("since", clock.instant().minus(CALM))
        .bind("kind", kind.name())
        .mapTo(Boolean.class)
        .one();
  }

  /** Writes the rest, if it can, and ends. */
  @Override
  public void close() {
    BackgroundLoop started = loop;
    if (started == null) {
      return;
    }
    started.close();
    try {
      write();
    } catch (RuntimeException e) {
      // Who closes this has more to close, and times are no facts of the platform.
      LOG.warn("the last {} calculations were not written", waiting.size(), Failures.discreet(e));
    }
  }
}
