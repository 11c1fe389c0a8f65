package com.freelync.control.worker;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The heart of an activity that works for long: a thread of its own beats, for a single statement
 * may take minutes, and says how far the work came, for a further attempt to go on there.
 */
public final class Beat<T> implements AutoCloseable {
  private static final long SECONDS = 5;

  private final ActivityExecutionContext context = Activity.getExecutionContext();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("heartbeat").daemon().factory());
  private volatile @Nullable T reached;
  private volatile @Nullable ActivityCompletionException ended;

  private Beat(@Nullable T reached) {
    this.reached = reached;
    clock.scheduleWithFixedDelay(this::beat, 0, SECONDS, TimeUnit.SECONDS);
  }

  /** Begins to beat; what it reached is what the attempt before it did. */
  public static <T> Beat<T> start(Class<T> type) {
    return new Beat<>(Activity.getExecutionContext().getHeartbeatDetails(type).orElse(null));
  }

  /** How far the work came, in an attempt before this one or in this; null at its begin. */
  public @Nullable T reached() {
    return reached;
  }

  /**
   * The work came so far.
   *
   * @throws ActivityCompletionException if it is wanted no more: it was cancelled, or is at work
   *     elsewhere
   */
  public void reach(T place) {
    reached = place;
    goOn();
  }

  /**
   * The work goes on, having come no further than before.
   *
   * @throws ActivityCompletionException as {@link #reach}
   */
  public void goOn() {
    ActivityCompletionException wanted = ended;
    if (wanted != null) {
      throw wanted;
    }
  }

  /** One after the other: the last one says the most. */
  private synchronized void beat() {
    try {
      context.heartbeat(reached);
    } catch (ActivityCompletionException e) {
      ended = e;
    }
  }

  /** The last beat says where the next attempt goes on. */
  @Override
  public void close() {
    // One that is under way comes to its end: interrupted it would be logged as a failure.
    clock.shutdown();
    beat();
  }
}
