package com.freelync.control.report;

import com.freelync.control.analytics.Dimension;
import com.freelync.control.analytics.Metric;
import com.freelync.control.analytics.MetricPeriod;
import com.freelync.control.analytics.Provenance;
import com.freelync.control.analytics.Question;
import com.freelync.control.analytics.Reading;
import com.freelync.control.analytics.Row;
import com.freelync.control.analytics.Summary;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/**
 * Every metric of a period, against the one before, in its parts. All of it is one reading, so that
 * its numbers agree with each other and with what dashboard and queries answer.
 *
 * @param from begin of the period, by the clock of Addis Ababa
 * @param to its end, which does not belong to it
 * @param grain the length of its parts
 * @param totals of the whole period
 * @param before of the period before
 * @param parts in their order, also those in which nothing happened
 * @param breakdowns by each dimension its values
 */
record Report(
    String title,
    MetricPeriod period,
    LocalDateTime from,
    LocalDateTime to,
    MetricPeriod grain,
    Row totals,
    Row before,
    List<Row> parts,
    Map<Dimension, List<Row>> breakdowns,
    Provenance provenance) {
  Report {
    parts = List.copyOf(parts);
  }

  /** Reads the period of a length that begins at an instant of business time. */
  static Report read(Reading reading, String title, MetricPeriod period, LocalDateTime from) {
    LocalDateTime to = period.plus(from, 1);
    MetricPeriod grain = grain(period);
    Summary summary = Summary.read(reading, from, to);
    Row before =
        reading.answer(Question.total(Metric.all(), period.plus(from, -1), from)).getFirst();
    List<Row> parts = reading.series(Question.total(Metric.all(), from, to).by(grain), to);
    return new Report(
        title,
        period,
        from,
        to,
        grain,
        summary.totals(),
        before,
        parts,
        summary.breakdowns(),
        reading.provenance());
  }

  private static MetricPeriod grain(MetricPeriod period) {
    return switch (period) {
      case HOURLY, DAILY -> MetricPeriod.HOURLY;
      case WEEKLY, MONTHLY -> MetricPeriod.DAILY;
      case YEARLY -> MetricPeriod.MONTHLY;
    };
  }
}
