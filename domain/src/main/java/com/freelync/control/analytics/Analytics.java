package com.freelync.control.analytics;

import com.freelync.control.analytics.Calculations.Kind;
import com.freelync.control.database.Cancellation;
import com.freelync.control.database.Database;
import com.freelync.control.database.Failures;
import com.freelync.control.problem.RequestRefused;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** The way to the numbers. */
public final class Analytics {
  private static final String TOO_EXPENSIVE =
      "The question takes longer than a question may: shorten its time, take a coarser grain or fewer"
          + " dimensions and measures. While metrics are rebuilt all of them take longer.";

  private final Database database;
  private final Calculations calculations;
  private final Cancellation cancellation;

  /** Reads, and nobody hears how long it takes. */
  public Analytics(Database database) {
    this(database, Calculations.UNHEARD, Cancellation.NEVER);
  }

  /**
   * Reads with a role that may read the rollups.
   *
   * @param calculations hear how long each reading takes
   * @param cancellation ends readings that nobody waits for any more
   */
  public Analytics(Database database, Calculations calculations, Cancellation cancellation) {
    this.database = database;
    this.calculations = calculations;
    this.cancellation = cancellation;
  }

  /**
   * Asks one snapshot of the database.
   *
   * @throws RequestRefused.TooExpensive if it takes longer than a question may
   */
  public <T> T read(Function<Reading, T> questions) {
    return read(Kind.QUESTION, questions);
  }

  /**
   * Asks one snapshot of the database for a purpose.
   *
   * @throws RequestRefused.TooExpensive if it is a person's question and takes longer than that may
   */
  public <T> T read(Kind kind, Function<Reading, T> questions) {
    long begin = System.nanoTime();
    boolean succeeded = false;
    boolean counts = true;
    AtomicBoolean isUnwanted = new AtomicBoolean();
    Cancellation noting =
        cancel ->
            cancellation.watch(
                () -> {
                  isUnwanted.set(true);
                  cancel.run();
                });
    try {
      T answer = database.read(noting, handle -> questions.apply(new Reading(handle)));
      succeeded = true;
      return answer;
    } catch (RuntimeException e) {
      // Who goes away, or asks for too much, ends a reading of their own: that is no failure.
      boolean isTooExpensive = kind == Kind.QUESTION && Failures.isTimeout(e);
      counts = !isUnwanted.get() && !isTooExpensive;
      if (isTooExpensive) {
        throw new RequestRefused.TooExpensive(TOO_EXPENSIVE);
      }
      throw e;
    } finally {
      if (counts) {
        calculations.ended(kind, Duration.ofNanos(System.nanoTime() - begin), succeeded);
      }
    }
  }
}
