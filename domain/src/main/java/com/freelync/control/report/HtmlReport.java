package com.freelync.control.report;

import com.freelync.control.analytics.Change;
import com.freelync.control.analytics.Metric;
import com.freelync.control.analytics.MetricPeriod;
import com.freelync.control.analytics.Provenance;
import com.freelync.control.analytics.Row;
import com.google.common.html.HtmlEscapers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A report as one page of XHTML that needs nothing besides it, for browsers and for print. */
final class HtmlReport {
  private static final String STYLE = style();

  /** What is told of each part; the first also as a bar. */
  private static final List<Metric> OF_PARTS =
      List.of(
          Metric.PLATFORM_REVENUE,
          Metric.NET_REVENUE,
          Metric.GROSS_VOLUME,
          Metric.TRANSACTION_COUNT,
          Metric.NEW_USERS,
          Metric.NEW_LISTINGS);

  private final Report report;

  private HtmlReport(Report report) {
    this.report = report;
  }

  static String of(Report report) {
    return new HtmlReport(report).page();
  }

  private String page() {
    return """
    <!DOCTYPE html>
    <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
    <head><meta charset="utf-8"/><title>%s</title><style>%s</style></head>
    <body>
    <p class="brand">FreeLync control center</p>
    <h1>%s</h1>
    <p class="when">%s</p>
    %s
    <h2>%s</h2>
    %s
    <p class="provenance">%s</p>
    </body>
    </html>
    """
        .formatted(
            escaped(report.title()),
            STYLE,
            escaped(report.title()),
            escaped(when()),
            totals(),
            heading(),
            parts(),
            escaped(provenance()));
  }

  private String when() {
    LocalDateTime last = report.to().minusDays(1);
    String days =
        last.equals(report.from())
            ? Figures.day(report.from())
            : Figures.day(report.from()) + " – " + Figures.day(last);
    return days + " (Addis Ababa), against the " + word(report.period()) + " before";
  }

  private static String word(MetricPeriod period) {
    return switch (period) {
      case HOURLY -> "hour";
      case DAILY -> "day";
      case WEEKLY -> "week";
      case MONTHLY -> "month";
      case YEARLY -> "year";
    };
  }

  private String heading() {
    return switch (report.grain()) {
      case HOURLY -> "Hour by hour";
      case MONTHLY -> "Month by month";
      default -> "Day by day";
    };
  }

  /** All metrics in two columns of tables beside each other. */
  private String totals() {
    List<Metric> all = List.of(Metric.values());
    int half = (all.size() + 1) / 2;
    return "<table class=\"halves\"><tr><td>%s</td><td>%s</td></tr></table>"
        .formatted(totals(all.subList(0, half)), totals(all.subList(half, all.size())));
  }

  private String totals(List<Metric> metrics) {
    StringBuilder table =
        new StringBuilder(
            "<table class=\"totals\"><tr><th>Metric</th><th class=\"n\">Value</th>"
                + "<th class=\"n\">Before</th><th class=\"n\">Change</th></tr>\n");
    for (Metric metric : metrics) {
      BigDecimal now = report.totals().value(metric);
      BigDecimal before = report.before().value(metric);
      BigDecimal percent = Change.between(before, now).percent();
      table
          .append("<tr><td>")
          .append(escaped(Figures.name(metric)))
          .append("</td><td class=\"n\"><b>")
          .append(Figures.value(metric, now))
          .append("</b></td><td class=\"n\">")
          .append(Figures.value(metric, before))
          .append("</td><td class=\"n ")
          .append(direction(percent))
          .append("\">")
          .append(Figures.percent(percent))
          .append("</td></tr>\n");
    }
    return table.append("</table>").toString();
  }

  private static String direction(@Nullable BigDecimal percent) {
    return percent == null || percent.signum() == 0 ? "same" : percent.signum() > 0 ? "up" : "down";
  }

  private String parts() {
    StringBuilder table = new StringBuilder("<table class=\"parts\"><tr><th></th>");
    OF_PARTS.forEach(
        metric ->
            table.append("<th class=\"n\">").append(escaped(Figures.name(metric))).append("</th>"));
    table.append("<th class=\"bars\">Platform revenue</th></tr>\n");
    BigDecimal most =
        report.parts().stream().map(part -> revenue(part)).reduce(BigDecimal.ZERO, BigDecimal::max);
    report.parts().forEach(part -> part(table, part, most));
    return table.append("</table>").toString();
  }

  private void part(StringBuilder table, Row part, BigDecimal most) {
    LocalDateTime start = Objects.requireNonNull(part.period(), "parts are of a time");
    table.append("<tr><td>").append(escaped(label(start))).append("</td>");
    OF_PARTS.forEach(
        metric ->
            table
                .append("<td class=\"n\">")
                .append(Figures.value(metric, part.value(metric)))
                .append("</td>"));
    int width =
        most.signum() <= 0 || revenue(part).signum() <= 0
            ? 0
            : revenue(part)
                .multiply(BigDecimal.valueOf(100))
                .divide(most, 0, RoundingMode.HALF_UP)
                .intValue();
    table
        .append("<td class=\"bars\"><div class=\"bar\" style=\"width:")
        .append(width)
        .append("%\"></div></td></tr>\n");
  }

  private static BigDecimal revenue(Row part) {
    return Objects.requireNonNullElse(part.value(Metric.PLATFORM_REVENUE), BigDecimal.ZERO);
  }

  private String label(LocalDateTime start) {
    String pattern =
        switch (report.grain()) {
          case HOURLY -> "HH:mm";
          case MONTHLY -> "MMM uuuu";
          default -> "EEE d MMM";
        };
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(start);
  }

  private String provenance() {
    Provenance provenance = report.provenance();
    String checked =
        provenance.verifiedAt() == null || !provenance.verified()
            ? "not verified against the source since it last changed"
            : "verified against the source at " + Figures.minute(provenance.verifiedAt());
    return "Numbers as of %s, from %s, %s. Times are those of Addis Ababa; amounts are ETB."
        .formatted(Figures.minute(provenance.asOf()), provenance.source(), checked);
  }

  private static String escaped(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }

  private static String style() {
    try (InputStream file = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(
          Objects.requireNonNull(file, "report.css").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
