package com.freelync.control.analytics;

import com.freelync.control.analytics.Calculations.Kind;
import com.freelync.control.database.Database;
import com.freelync.control.database.Failures;
import java.time.Duration;
import java.util.function.Function;

/** The way to the numbers. */
public final class Analytics {
  private final Database database;
  private final Calculations calculations;

  /** Reads, and nobody hears how long it takes. */
  public Analytics(Database database) {
    this(database, Calculations.UNHEARD);
  }

  /** Reads with a role that may read the rollups. */
  public Analytics(Database database, Calculations calculations) {
    this.database = database;
    this.calculations = calculations;
  }

  /** Asks one snapshot of the database. */
  public <T> T read(Function<Reading, T> questions) {
    return read(Kind.QUESTION, questions);
  }

  /** Asks one snapshot of the database for a purpose. */
  public <T> T read(Kind kind, Function<Reading, T> questions) {
    long begin = System.nanoTime();
    boolean succeeded = false;
    boolean counts = true;
    try {
      T answer = database.read(handle -> questions.apply(new Reading(handle)));
      succeeded = true;
      return answer;
    } catch (RuntimeException e) {
      // Who asks for too much, or goes away, ends a question of their own: that is no failure.
      counts = kind != Kind.QUESTION || !Failures.isTimeout(e);
      throw e;
    } finally {
      if (counts) {
        calculations.ended(kind, Duration.ofNanos(System.nanoTime() - begin), succeeded);
      }
    }
  }
}
