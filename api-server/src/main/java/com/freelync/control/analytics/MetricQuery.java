package com.freelync.control.analytics;

import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.table.Table;
import com.freelync.control.condition.Values;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of the ready-made questions, read, asked at one snapshot, and shaped. */
final class MetricQuery {
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
    TimeRange range =
        RangeReader.orUsual(
            reader.time("from", from), reader.time("to", to), BusinessTime.day(clock.instant()));
    MetricPeriod period = reader.grain("grain", grain);
    reader.range("from", "to", range.from(), range.to(), period);
    List<Dimension> dimensions =
        groupBy == null
            ? List.of()
            : reader.dimensions("group_by", List.of(groupBy.split(",", -1)), metrics);
    if (compare != null && !compare.equals("previous") && !compare.equals("none")) {
      reader.wrong("compare", "value", "compare is previous or none");
    }
    String sentence = "The question cannot be asked so.";
    reader.require(sentence);
    Question question =
        new Question(metrics, range.from(), range.to(), period, dimensions, List.of());
    reader.cost("grain", question);
    reader.require(sentence);
    return new MetricQuery(question, !"none".equals(compare));
  }

  /** Asks it. */
  AnalyticsAnswer ask(Analytics analytics) {
    return analytics.read(this::answer);
  }

  /**
   * Asks it as a table: a row for each period and group, or the totals where it names neither. What
   * it is compared with has no place there.
   */
  Table table(String name, Analytics analytics) {
    return analytics.read(
        reading -> {
          List<Row> rows =
              question.grain() != null && question.groupBy().isEmpty()
                  ? reading.series(question, BusinessTime.at(reading.asOf()))
                  : reading.answer(question);
          return AnswerTable.of(name, question, rows, reading.provenance());
        });
  }

  private AnalyticsAnswer answer(Reading reading) {
    Question whole = Question.total(question.metrics(), question.from(), question.to());
    Row totals = reading.answer(whole).getFirst();
    AnalyticsAnswer.Previous previous = null;
    Map<String, Change> change = null;
    LocalDateTime now = BusinessTime.at(reading.asOf());
    if (isCompared) {
      TimeRange range = Trend.before(question.from(), question.to(), now);
      Row before = reading.answer(whole.over(range.from(), range.to())).getFirst();
      previous = new AnalyticsAnswer.Previous(text(range.from()), text(range.to()), before.named());
      change = Trend.changes(totals, before);
    }
    MetricPeriod grain = question.grain();
    return new AnalyticsAnswer(
        text(question.from()),
        text(question.to()),
        grain == null ? null : grain.name(),
        Values.BUSINESS_ZONE.getId(),
        totals.named(),
        previous,
        change,
        grain == null
            ? List.of()
            : reading.series(whole.by(grain), now).stream().map(MetricQuery::shape).toList(),
        question.groupBy().isEmpty()
            ? List.of()
            : reading.answer(whole.by(question.groupBy())).stream()
                .map(MetricQuery::shape)
                .toList(),
        reading.provenance());
  }

  /** A row as JSON: its period, its groups, its values. */
  private static Map<String, Object> shape(Row row) {
    Map<String, Object> shape = new LinkedHashMap<>();
    if (row.period() != null) {
      shape.put("start", text(row.period()));
    }
    shape.putAll(row.namedWithGroup());
    return shape;
  }

  /** A day where it begins, else a local time. */
  static String text(LocalDateTime at) {
    return at.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? at.toLocalDate().toString()
        : at.toString();
  }
}
