package com.freelync.control.analytics;

import com.freelync.control.analytics.Calculations.Kind;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The record of closed periods ({@code control.platform_metric}): each metric's value of each
 * period that is over, whole and by each dimension. What is recorded stays; a value that was
 * corrected since is recorded as the next revision.
 */
public final class PlatformMetrics {
  /** Hours are recorded for so long after them; later corrections show in their days. */
  static final int DAYS_OF_HOURS = 7;

  private final Database database;
  private final Analytics analytics;
  private final Clock clock;

  /** Writes as the workers' role. */
  public PlatformMetrics(Database database, Analytics analytics, Clock clock) {
    this.database = database;
    this.analytics = analytics;
    this.clock = clock;
  }

  /**
   * Periods that are recorded in one transaction; both ends are begins of periods.
   *
   * @param from begin of the first
   * @param to end of the last
   */
  public record Chunk(MetricPeriod period, LocalDateTime from, LocalDateTime to) {
    /** Its name, which is the same in every attempt. */
    public String name() {
      return period.wireName() + " from " + from;
    }
  }

  private record Value(
      Metric metric,
      LocalDateTime start,
      Map<String, String> dimensions,
      @Nullable BigDecimal value) {
    @Nullable String text() {
      return value == null ? null : value.toPlainString();
    }
  }

  private record Answered(Instant asOf, List<Value> values) {}

  private record Told(Answered answered, Row totals, Provenance provenance) {}

  /**
   * A period that was recorded.
   *
   * @param from its begin
   * @param to its end, which does not belong to it
   * @param totals every metric of the whole period, as they were recorded
   * @param written how many values are new or were corrected
   */
  public record Recorded(
      LocalDateTime from, LocalDateTime to, Row totals, Provenance provenance, int written) {}

  /**
   * Records every period that is over.
   *
   * @param done names of the chunks that an interrupted attempt has done
   * @param progress told of each chunk that is done
   * @return how many values are new or were corrected
   */
  public int recordDue(List<String> done, Consumer<String> progress) {
    int written = 0;
    for (Chunk chunk : chunks()) {
      if (!done.contains(chunk.name())) {
        written += record(chunk);
        progress.accept(chunk.name());
      }
    }
    return written;
  }

  /** All periods that are over, since there is data, a handful of milliseconds each. */
  List<Chunk> chunks() {
    LocalDateTime now = BusinessTime.at(clock.instant());
    Optional<LocalDateTime> first = database.read(PlatformMetricRows::first);
    List<Chunk> chunks = new ArrayList<>();
    if (first.isEmpty()) {
      return chunks;
    }
    LocalDateTime begin = first.get();
    LocalDateTime today = now.truncatedTo(ChronoUnit.DAYS);
    LocalDateTime hours = today.minusDays(DAYS_OF_HOURS);
    cut(MetricPeriod.YEARLY, MetricPeriod.YEARLY, begin, now, chunks);
    cut(MetricPeriod.MONTHLY, MetricPeriod.YEARLY, begin, now, chunks);
    cut(MetricPeriod.WEEKLY, MetricPeriod.YEARLY, begin, now, chunks);
    cut(MetricPeriod.DAILY, MetricPeriod.MONTHLY, begin, now, chunks);
    cut(MetricPeriod.HOURLY, MetricPeriod.DAILY, begin.isAfter(hours) ? begin : hours, now, chunks);
    return chunks;
  }

  /** The periods that are over, so many together as begin in one longer period. */
  private static void cut(
      MetricPeriod period,
      MetricPeriod together,
      LocalDateTime begin,
      LocalDateTime now,
      List<Chunk> chunks) {
    LocalDateTime end = period.start(now);
    LocalDateTime from = period.start(begin);
    while (from.isBefore(end)) {
      LocalDateTime next = period.ceiling(together.plus(together.start(from), 1));
      LocalDateTime to = next.isBefore(end) ? next : end;
      chunks.add(new Chunk(period, from, to));
      from = to;
    }
  }

  /**
   * Records some periods.
   *
   * @return how many values are new or were corrected
   */
  int record(Chunk chunk) {
    return write(chunk, analytics.read(Kind.RECORD, reading -> read(reading, chunk)));
  }

  /** Records the period of a length that ended last, and tells its totals of the same reading. */
  public Recorded recordEnded(MetricPeriod period) {
    Chunk chunk = ended(period, clock.instant());
    Told told =
        analytics.read(
            Kind.RECORD,
            reading ->
                new Told(read(reading, chunk), totals(reading, chunk), reading.provenance()));
    int written = write(chunk, told.answered());
    return new Recorded(chunk.from(), chunk.to(), told.totals(), told.provenance(), written);
  }

  /** The period of a length that ended last before an instant, or at it. */
  static Chunk ended(MetricPeriod period, Instant now) {
    LocalDateTime end = period.start(BusinessTime.at(now));
    return new Chunk(period, period.plus(end, -1), end);
  }

  /** Every metric of the whole of a chunk. */
  static Row totals(Reading reading, Chunk chunk) {
    return reading.answer(Question.total(Metric.all(), chunk.from(), chunk.to())).getFirst();
  }

  private int write(Chunk chunk, Answered answered) {
    List<Value> values = answered.values();
    return database.transaction(
        transaction ->
            PlatformMetricRows.write(
                transaction.handle(),
                chunk,
                answered.asOf(),
                values.stream().map(value -> value.metric().wireName()).toArray(String[]::new),
                values.stream().map(value -> value.start().toString()).toArray(String[]::new),
                values.stream()
                    .map(value -> Json.canonical(value.dimensions()))
                    .toArray(String[]::new),
                values.stream().map(Value::text).toArray(String[]::new)));
  }

  private static Answered read(Reading reading, Chunk chunk) {
    Question whole = Question.total(Metric.all(), chunk.from(), chunk.to()).by(chunk.period());
    List<Value> values = new ArrayList<>();
    // Of the whole every period is recorded, also one in which nothing happened.
    for (Row row : reading.series(whole, chunk.to())) {
      add(row, values);
    }
    if (chunk.period() != MetricPeriod.HOURLY) {
      for (Dimension dimension : Dimension.values()) {
        Question parts =
            Question.total(Metric.having(dimension), chunk.from(), chunk.to())
                .by(chunk.period())
                .by(List.of(dimension));
        for (Row row : reading.answer(parts)) {
          add(row, values);
        }
      }
    }
    return new Answered(reading.asOf(), values);
  }

  private static void add(Row row, List<Value> values) {
    LocalDateTime start = Objects.requireNonNull(row.period(), "asked by a period");
    Map<String, String> dimensions = new TreeMap<>();
    row.group().forEach((dimension, value) -> dimensions.put(dimension.wireName(), value));
    row.values()
        .forEach((metric, value) -> values.add(new Value(metric, start, dimensions, value)));
  }

  /** The rates' names: what is not answered of them is null, and not zero. */
  static String[] rates() {
    return Arrays.stream(Metric.values())
        .filter(metric -> metric.unit() == Metric.Unit.RATE)
        .map(Metric::wireName)
        .toArray(String[]::new);
  }

  /** The types' names, in the order of the metrics. */
  static String[] types() {
    return Arrays.stream(Metric.values())
        .map(metric -> metric.type().name())
        .toArray(String[]::new);
  }
}
