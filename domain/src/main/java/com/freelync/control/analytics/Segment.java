package com.freelync.control.analytics;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A part of the time asked about, and where it is read.
 *
 * @param to the end, which does not belong to it
 */
record Segment(Level level, LocalDateTime from, LocalDateTime to) {
  /** Where a part is read: the coarser, the fewer rows. */
  enum Level {
    MONTH,
    DAY,
    HOUR,
    SOURCE
  }

  /**
   * Covers a time exactly, each instant once, with as few rows as possible.
   *
   * @param grain nothing coarser than it is read; null for no bound
   * @param distrusted months that are read from the source
   */
  static List<Segment> cover(
      LocalDateTime from,
      LocalDateTime to,
      @Nullable MetricPeriod grain,
      Collection<YearMonth> distrusted) {
    List<Segment> segments = new ArrayList<>();
    LocalDateTime at = from;
    for (YearMonth month : new TreeSet<>(distrusted)) {
      LocalDateTime begin = later(at, month.atDay(1).atStartOfDay());
      LocalDateTime end = earlier(to, month.plusMonths(1).atDay(1).atStartOfDay());
      if (begin.isBefore(end)) {
        descend(segments, Level.SOURCE, at, begin, grain);
        add(segments, Level.SOURCE, begin, end);
        at = end;
      }
    }
    descend(segments, Level.SOURCE, at, to, grain);
    return segments;
  }

  /** All of it from the source. */
  static List<Segment> fromSource(LocalDateTime from, LocalDateTime to) {
    List<Segment> segments = new ArrayList<>();
    add(segments, Level.SOURCE, from, to);
    return segments;
  }

  /** The same with neighbours of one level made one: fewer statements. */
  static List<Segment> joined(List<Segment> segments) {
    List<Segment> joined = new ArrayList<>();
    for (Segment segment : segments) {
      Segment last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && last.level() == segment.level() && last.to().equals(segment.from())) {
        joined.removeLast();
        joined.add(new Segment(last.level(), last.from(), segment.to()));
      } else {
        joined.add(segment);
      }
    }
    return joined;
  }

  /** Whole coarser periods in the middle, the edges at this level. */
  private static void descend(
      List<Segment> segments,
      Level level,
      LocalDateTime from,
      LocalDateTime to,
      @Nullable MetricPeriod grain) {
    Level coarser = coarser(level, grain);
    if (coarser == null) {
      add(segments, level, from, to);
      return;
    }
    MetricPeriod period =
        switch (coarser) {
          case HOUR -> MetricPeriod.HOURLY;
          case DAY -> MetricPeriod.DAILY;
          default -> MetricPeriod.MONTHLY;
        };
    LocalDateTime begin = period.ceiling(from);
    LocalDateTime end = period.start(to);
    if (!begin.isBefore(end)) {
      add(segments, level, from, to);
      return;
    }
    add(segments, level, from, begin);
    descend(segments, coarser, begin, end, grain);
    add(segments, level, end, to);
  }

  private static @Nullable Level coarser(Level level, @Nullable MetricPeriod grain) {
    return switch (level) {
      case SOURCE -> Level.HOUR;
      case HOUR -> grain == MetricPeriod.HOURLY ? null : Level.DAY;
      case DAY ->
          grain == null || grain == MetricPeriod.MONTHLY || grain == MetricPeriod.YEARLY
              ? Level.MONTH
              : null;
      case MONTH -> null;
    };
  }

  private static void add(
      List<Segment> segments, Level level, LocalDateTime from, LocalDateTime to) {
    if (from.isBefore(to)) {
      segments.add(new Segment(level, from, to));
    }
  }

  private static LocalDateTime later(LocalDateTime a, LocalDateTime b) {
    return a.isAfter(b) ? a : b;
  }

  private static LocalDateTime earlier(LocalDateTime a, LocalDateTime b) {
    return a.isBefore(b) ? a : b;
  }
}
