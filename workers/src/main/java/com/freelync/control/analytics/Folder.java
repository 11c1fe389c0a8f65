package com.freelync.control.analytics;

import com.freelync.control.background.BackgroundLoop;
import java.time.Duration;

/**
 * Folds what the marketplace changed into the rollups, and makes the sets of users of changed days.
 * Every worker has them: the database lets one at a time do it. Answers are exact also without; it
 * keeps them fast.
 */
final class Folder implements AutoCloseable {
  private static final Duration FOLD = Duration.ofMillis(500);

  /** Of a lively day the sets are made now and then, not after each sale. */
  private static final Duration MAKE_SETS = Duration.ofSeconds(10);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

  private final BackgroundLoop folding;
  private final BackgroundLoop making;

  private Folder(BackgroundLoop folding, BackgroundLoop making) {
    this.folding = folding;
    this.making = making;
  }

  static Folder start(Rollups rollups, ActivitySets sets) {
    return new Folder(
        BackgroundLoop.start("analytics-folder", rollups::fold, FOLD, AFTER_FAILURE),
        BackgroundLoop.start(
            "analytics-sets",
            () -> {
              sets.makeAll();
              return false;
            },
            MAKE_SETS,
            AFTER_FAILURE));
  }

  /** Ends after what is under way. */
  @Override
  public void close() {
    folding.close();
    making.close();
  }
}
