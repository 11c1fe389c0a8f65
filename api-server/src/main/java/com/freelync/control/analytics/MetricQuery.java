package com.freelync.control.analytics;

import com.freelync.control.api.problem.Problem;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import com.freelync.control.condition.Values;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of the ready-made questions, read, asked at one snapshot, and shaped. */
final class MetricQuery {
  private static final int USUAL_DAYS = 30;

  private final Question question;
  private final boolean isCompared;

  private MetricQuery(Question question, boolean isCompared) {
    this.question = question;
    this.isCompared = isCompared;
  }

  /**
   * Reads the parameters.
   *
   * @throws ProblemException 400 with everything that is wrong
   */
  static MetricQuery read(
      Set<Metric> metrics,
      @Nullable String from,
      @Nullable String to,
      @Nullable String grain,
      @Nullable String groupBy,
      @Nullable String compare,
      Clock clock) {
    RangeReader reader = new RangeReader();
    LocalDateTime givenFrom = reader.time("from", from);
    LocalDateTime givenTo = reader.time("to", to);
    MetricPeriod period = reader.grain("grain", grain);
    LocalDateTime end = givenTo == null ? RangeReader.endOfToday(clock.instant()) : givenTo;
    LocalDateTime begin = givenFrom == null ? end.minusDays(USUAL_DAYS) : givenFrom;
    reader.range("from", "to", begin, end, period);
    List<Dimension> dimensions =
        groupBy == null
            ? List.of()
            : reader.dimensions("group_by", List.of(groupBy.split(",", -1)), metrics);
    if (compare != null && !compare.equals("previous") && !compare.equals("none")) {
      reader.wrong("compare", "value", "compare is previous or none");
    }
    if (reader.errors().isEmpty()) {
      Question question = new Question(metrics, begin, end, period, dimensions, List.of());
      reader.cost("grain", question);
      if (reader.errors().isEmpty()) {
        return new MetricQuery(question, !"none".equals(compare));
      }
    }
    throw new ProblemException(
        Problem.of(ProblemType.MALFORMED, "The question cannot be asked so.", reader.errors()),
        Map.of());
  }

  /** Asks it. */
  AnalyticsAnswer ask(Analytics analytics) {
    return analytics.read(this::answer);
  }

  private AnalyticsAnswer answer(Reading reading) {
    Question whole = Question.total(question.metrics(), question.from(), question.to());
    Row totals = reading.answer(whole).getFirst();
    AnalyticsAnswer.Previous previous = null;
    Map<String, Trend.Change> change = null;
    LocalDateTime now = BusinessTime.at(reading.asOf());
    if (isCompared) {
      Trend.Range range = Trend.before(question.from(), question.to(), now);
      Row before = reading.answer(whole.over(range.from(), range.to())).getFirst();
      previous = new AnalyticsAnswer.Previous(text(range.from()), text(range.to()), values(before));
      change = Trend.changes(totals, before);
    }
    MetricPeriod grain = question.grain();
    return new AnalyticsAnswer(
        text(question.from()),
        text(question.to()),
        grain == null ? null : grain.name(),
        Values.BUSINESS_ZONE.getId(),
        values(totals),
        previous,
        change,
        grain == null ? List.of() : series(reading, whole.by(grain), grain, now),
        question.groupBy().isEmpty()
            ? List.of()
            : reading.answer(whole.by(question.groupBy())).stream()
                .map(MetricQuery::shape)
                .toList(),
        reading.provenance());
  }

  /** Every period until now, so that a chart has no holes. */
  private static List<Map<String, Object>> series(
      Reading reading, Question asked, MetricPeriod grain, LocalDateTime now) {
    Map<LocalDateTime, Row> found = new HashMap<>();
    reading.answer(asked).forEach(row -> found.put(row.period(), row));
    List<Map<String, Object>> series = new ArrayList<>();
    for (LocalDateTime start = grain.start(asked.from());
        start.isBefore(asked.to());
        start = grain.plus(start, 1)) {
      Row row = found.get(start);
      if (row != null) {
        series.add(shape(row));
      } else if (start.isBefore(now)) {
        Map<Metric, @Nullable BigDecimal> nothing = new HashMap<>();
        for (Metric metric : asked.metrics()) {
          nothing.put(
              metric,
              switch (metric.unit()) {
                case RATE -> null;
                case ETB -> BigDecimal.ZERO.setScale(2);
                case COUNT, PEOPLE -> BigDecimal.ZERO;
              });
        }
        series.add(shape(new Row(start, Map.of(), nothing, false)));
      }
    }
    return series;
  }

  /** A row as JSON: its period, its groups, its values. */
  static Map<String, Object> shape(Row row) {
    Map<String, Object> shape = new LinkedHashMap<>();
    if (row.period() != null) {
      shape.put("start", text(row.period()));
    }
    row.group().forEach((dimension, value) -> shape.put(dimension.wireName(), value));
    shape.putAll(values(row));
    if (row.suppressed()) {
      shape.put("suppressed", true);
    }
    return shape;
  }

  @SuppressWarnings("NullAway") // a map of JSON: its values may be null
  static Map<String, Object> values(Row row) {
    Map<String, Object> values = new LinkedHashMap<>();
    row.values().forEach((metric, value) -> values.put(metric.wireName(), value));
    return values;
  }

  /** A day where it begins, else a local time. */
  static String text(LocalDateTime at) {
    return at.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? at.toLocalDate().toString()
        : at.toString();
  }
}
