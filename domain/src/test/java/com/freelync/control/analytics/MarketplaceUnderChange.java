package com.freelync.control.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.database.Database;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A marketplace that people change all the time, for tests of the whole; and what must hold then.
 */
public final class MarketplaceUnderChange implements AutoCloseable {
  private static final int WRITERS = 2;
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
  private final AtomicLong changes = new AtomicLong();

  /** Begins to change what happens until a day, over fourteen months. */
  public MarketplaceUnderChange(Database asMarketplace, LocalDate until, long seed) {
    LiveMarketplace marketplace =
        new LiveMarketplace(
            asMarketplace,
            BusinessTime.instant(until.minusMonths(14).atStartOfDay()),
            BusinessTime.instant(until.atStartOfDay()));
    for (int writer = 0; writer < WRITERS; writer++) {
      Random random = new Random(seed + writer);
      writers.submit(() -> change(marketplace, random));
    }
  }

  private void change(LiveMarketplace marketplace, Random random) {
    while (!writers.isShutdown()) {
      try {
        marketplace.change(random);
        changes.incrementAndGet();
      } catch (RuntimeException e) {
        // The database may be away: whoever writes comes back.
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** How many transactions were tried until now. */
  public long changes() {
    return changes.get();
  }

  /** Ends all changes. */
  @Override
  public void close() {
    writers.shutdown();
    try {
      assertThat(writers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Every bucket of every rollup equals the source, cell by cell, and so do answers to random
   * questions, computed in plain SQL.
   */
  public static void assertExact(Database asOwner, LocalDate until, int questions, long seed) {
    Random random = new Random(seed);
    List<String> differences = new ArrayList<>();
    asOwner.read(
        handle -> {
          for (String cube : List.of("market", "people")) {
            differences.addAll(
                handle
                    .createQuery(
                        "SELECT cell::text || ' ' || stored::text || ' ' || in_source::text FROM control.differences_"
                            + cube
                            + "('2000-01-01', '2100-01-01')")
                    .mapTo(String.class)
                    .list());
          }
          return true;
        });
    assertThat(differences).isEmpty();
    for (int i = 0; i < questions; i++) {
      Question question = RandomQuestions.next(random, until);
      asOwner.read(
          handle -> {
            ExactnessTest.assertEqualsSource(handle, question, "seed " + seed);
            return true;
          });
    }
  }
}
