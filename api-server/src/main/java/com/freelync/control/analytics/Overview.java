package com.freelync.control.analytics;

import com.freelync.control.analytics.Calculations.Kind;
import com.freelync.control.api.table.Table;
import com.freelync.control.condition.Values;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every metric of a time at a glance, beside the time before it.
 *
 * @param from begin of the time, a day or a local time of Addis Ababa
 * @param to its end, which does not belong to it
 * @param previous what it is compared with
 * @param metrics every metric by its name
 * @param breakdowns by each dimension its parts, each with the metrics that have the dimension
 */
public record Overview(
    String from,
    String to,
    String timeZone,
    TimeBefore previous,
    Map<String, Compared> metrics,
    Map<String, List<Map<String, Object>>> breakdowns,
    Provenance provenance) {
  /** The time before: as long, or of a time that still runs as much of it as is over. */
  public record TimeBefore(String from, String to) {}

  /**
   * A metric beside its value before.
   *
   * @param percent the difference in percent of the previous value, with two decimals; null where
   *     that is zero or missing
   */
  public record Compared(
      @Nullable BigDecimal value,
      @Nullable BigDecimal previous,
      @Nullable BigDecimal difference,
      @Nullable BigDecimal percent) {}

  /** Reads it at one snapshot. */
  static Overview read(Analytics analytics, LocalDateTime from, LocalDateTime to) {
    return analytics.read(Kind.DASHBOARD, reading -> of(reading, from, to));
  }

  private static Overview of(Reading reading, LocalDateTime from, LocalDateTime to) {
    Summary summary = Summary.read(reading, from, to);
    TimeRange range = Trend.before(from, to, BusinessTime.at(reading.asOf()));
    Row before = reading.answer(Question.total(Metric.all(), range.from(), range.to())).getFirst();
    Map<String, Change> changes = Trend.changes(summary.totals(), before);
    Map<String, Compared> metrics = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      Change change = changes.get(metric.wireName());
      metrics.put(
          metric.wireName(),
          new Compared(
              summary.totals().value(metric),
              before.value(metric),
              change == null ? null : change.difference(),
              change == null ? null : change.percent()));
    }
    return new Overview(
        MetricQuery.text(from),
        MetricQuery.text(to),
        Values.BUSINESS_ZONE.getId(),
        new TimeBefore(MetricQuery.text(range.from()), MetricQuery.text(range.to())),
        metrics,
        summary.namedBreakdowns(),
        reading.provenance());
  }

  /** The metrics as a table, one in each row. */
  public Table table() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    metrics.forEach(
        (name, metric) ->
            rows.add(
                Arrays.asList(
                    name,
                    metric.value(),
                    metric.previous(),
                    metric.difference(),
                    metric.percent())));
    return new Table(
        "dashboard",
        List.of("metric", "value", "previous", "difference", "percent"),
        rows,
        AnswerTable.facts(provenance));
  }
}
