package com.freelync.control.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.analytics.Segment.Level;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AN-4: a time is covered exactly, by few rows")
class SegmentTest {
  private static final LocalDateTime BEGIN = LocalDateTime.of(2025, 1, 1, 0, 0);

  @Property
  @Label("AN-4: each instant is covered once, in order, and nothing coarser than the grain is read")
  void coversEachInstantOnce(
      @ForAll @IntRange(max = 40_000_000) int from,
      @ForAll @IntRange(max = 40_000_000) int seconds,
      @ForAll boolean isRound,
      @ForAll Set<@IntRange(max = 14) Integer> distrusted,
      @ForAll MetricPeriod grain) {
    LocalDateTime start = BEGIN.plusSeconds(isRound ? from / 3600 * 3600L : from);
    LocalDateTime end = start.plusSeconds(seconds);
    List<YearMonth> months =
        distrusted.stream().map(month -> YearMonth.of(2025, 1).plusMonths(month)).toList();
    LocalDateTime at = start;
    for (Segment segment : Segment.cover(start, end, grain, months)) {
      assertThat(segment.from()).isEqualTo(at).isBefore(segment.to());
      at = segment.to();
      switch (segment.level()) {
        case MONTH -> {
          assertThat(grain).isIn(MetricPeriod.MONTHLY, MetricPeriod.YEARLY);
          assertThat(MetricPeriod.MONTHLY.start(segment.from())).isEqualTo(segment.from());
          assertThat(MetricPeriod.MONTHLY.start(segment.to())).isEqualTo(segment.to());
        }
        case DAY -> {
          assertThat(grain).isNotEqualTo(MetricPeriod.HOURLY);
          assertThat(MetricPeriod.DAILY.start(segment.from())).isEqualTo(segment.from());
          assertThat(MetricPeriod.DAILY.start(segment.to())).isEqualTo(segment.to());
        }
        case HOUR -> {
          assertThat(MetricPeriod.HOURLY.start(segment.from())).isEqualTo(segment.from());
          assertThat(MetricPeriod.HOURLY.start(segment.to())).isEqualTo(segment.to());
        }
        case SOURCE -> {}
      }
      if (segment.level() != Level.SOURCE) {
        for (YearMonth month : months) {
          assertThat(
                  segment.from().isBefore(month.plusMonths(1).atDay(1).atStartOfDay())
                      && segment.to().isAfter(month.atDay(1).atStartOfDay()))
              .isFalse();
        }
      }
    }
    assertThat(at).isEqualTo(end);
  }

  @Test
  @DisplayName("AN-4: three years are months, with days, hours and rows at the edges only")
  void readsTheCoarsestThatFits() {
    assertThat(
            Segment.cover(
                LocalDateTime.of(2023, 1, 30, 22, 30),
                LocalDateTime.of(2026, 2, 2, 1, 0),
                null,
                List.of()))
        .extracting(Segment::level)
        .containsExactly(Level.SOURCE, Level.HOUR, Level.DAY, Level.MONTH, Level.DAY, Level.HOUR);
  }
}
