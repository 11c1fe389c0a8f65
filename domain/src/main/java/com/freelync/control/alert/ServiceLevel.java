package com.freelync.control.alert;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What we promise (SPEC OB-4): a target, and a bound beyond which it is critical.
 *
 * @param name its name at the interface and in Prometheus
 * @param meaning what is measured, in a sentence
 * @param isMost whether the measured value should stay below the target; else above
 * @param target what we promise
 * @param critical beyond this somebody must act
 * @param window so far back is measured
 */
public record ServiceLevel(
    String name,
    String meaning,
    Unit unit,
    boolean isMost,
    BigDecimal target,
    BigDecimal critical,
    Duration window) {
  /** What a level is counted in. */
  public enum Unit {
    /** Seconds, with three decimals. */
    SECONDS,
    /** A fraction with four decimals. */
    SHARE
  }

  /** How it stands. */
  public enum State {
    /** The target is kept. */
    MET,
    /** It is not. */
    MISSED,
    /** Beyond the critical bound. */
    CRITICAL,
    /** Nothing was measured in the window. */
    NO_DATA
  }

  /** A level whose values should stay below. */
  public static ServiceLevel atMost(
      String name,
      String meaning,
      Unit unit,
      BigDecimal target,
      BigDecimal critical,
      Duration window) {
    return new ServiceLevel(name, meaning, unit, true, target, critical, window);
  }

  /** A level whose values should stay above. */
  public static ServiceLevel atLeast(
      String name,
      String meaning,
      Unit unit,
      BigDecimal target,
      BigDecimal critical,
      Duration window) {
    return new ServiceLevel(name, meaning, unit, false, target, critical, window);
  }

  /** How a value stands to it; the bounds themselves are not kept (`< 5 s`). */
  public State state(@Nullable BigDecimal value) {
    if (value == null) {
      return State.NO_DATA;
    }
    if (isWithin(value, target)) {
      return State.MET;
    }
    return isWithin(value, critical) ? State.MISSED : State.CRITICAL;
  }

  private boolean isWithin(BigDecimal value, BigDecimal bound) {
    return isMost ? value.compareTo(bound) < 0 : value.compareTo(bound) > 0;
  }

  /**
   * What was measured.
   *
   * @param value in the level's unit; null where there was nothing to measure
   * @param sample of how many things
   */
  public record Measure(@Nullable BigDecimal value, long sample) {
    /** Measures seconds by a query that answers {@code value} and {@code sample}. */
    public static Measure seconds(Handle handle, String sql, Instant since) {
      return rounded(handle, sql, since, 3);
    }

    /** Measures a share by a query that answers {@code value} and {@code sample}. */
    public static Measure share(Handle handle, String sql, Instant since) {
      return rounded(handle, sql, since, 4);
    }

    private static Measure rounded(Handle handle, String sql, Instant since, int decimals) {
      Measure found =
          handle.createQuery(sql).bind("since", since).mapTo(Measure.class).findOne().orElseThrow();
      return new Measure(
          found.value() == null ? null : found.value().setScale(decimals, RoundingMode.HALF_UP),
          found.sample());
    }
  }

  /** A capability that keeps a level. */
  public interface Source {
    /** The level. */
    ServiceLevel level();

    /** What it is since an instant, at what the handle sees. */
    Measure of(Handle handle, Instant since);
  }

  /** A level and how it stands. */
  public record Standing(ServiceLevel level, Measure measure) {
    /** The state. */
    public State state() {
      return level.state(measure.value());
    }
  }
}
