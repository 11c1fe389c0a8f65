package com.freelync.control.analytics;

import com.freelync.control.database.Failures;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds what the marketplace changed into the rollups, and makes the sets of users of changed days.
 * Every worker has one: the database lets one at a time do it. Answers are exact also without it;
 * it keeps them fast.
 */
public final class Folder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Folder.class);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

  /** Of a lively day the sets are made every ten seconds, not after each sale. */
  private static final int FOLDS_FOR_SETS = 20;

  private final Rollups rollups;
  private final ActivitySets sets;
  private final Thread thread;
  private volatile boolean isClosing;

  private Folder(Rollups rollups, ActivitySets sets) {
    this.rollups = rollups;
    this.sets = sets;
    this.thread = Thread.ofPlatform().name("analytics-folder").daemon().unstarted(this::run);
  }

  /** Starts folding. */
  public static Folder start(Rollups rollups, ActivitySets sets) {
    Folder folder = new Folder(rollups, sets);
    folder.thread.start();
    return folder;
  }

  private void run() {
    int folds = 0;
    while (!isClosing) {
      try {
        boolean isMore = rollups.fold();
        if (++folds % FOLDS_FOR_SETS == 0) {
          sets.makeNext();
        }
        if (!isMore) {
          pause(PAUSE);
        }
      } catch (RuntimeException e) {
        LOG.warn("Rollups cannot be folded now: {}", Failures.describe(e));
        pause(PAUSE_AFTER_FAILURE);
      }
    }
  }

  private void pause(Duration duration) {
    try {
      TimeUnit.MILLISECONDS.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      isClosing = true;
    }
  }

  /** Ends after the fold that is under way. */
  @Override
  public void close() {
    isClosing = true;
    try {
      // A fold takes milliseconds; an interrupt would break its connection.
      if (!thread.join(Duration.ofSeconds(2))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
