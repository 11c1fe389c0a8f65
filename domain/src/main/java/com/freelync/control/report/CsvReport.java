package com.freelync.control.report;

import com.freelync.control.analytics.Change;
import com.freelync.control.analytics.Dimension;
import com.freelync.control.analytics.Metric;
import com.freelync.control.analytics.Row;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * A report as one table (RFC 4180): a row for each part, for the whole, for the period before, for
 * the change in percent, and for each value of a dimension.
 */
final class CsvReport {
  private static final String FORMULA = "=+-@\t\r\n";

  private final Report report;
  private final CSVPrinter printer;

  private CsvReport(Report report, CSVPrinter printer) {
    this.report = report;
    this.printer = printer;
  }

  static byte[] of(Report report) {
    StringWriter text = new StringWriter();
    try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      new CsvReport(report, printer).write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write() throws IOException {
    List<String> columns = new ArrayList<>(List.of("scope", "name"));
    columns.addAll(Metric.names());
    columns.addAll(List.of("source", "as_of", "verified_at", "verified"));
    printer.printRecord(columns);
    for (Row part : report.parts()) {
      row(report.grain().name().toLowerCase(Locale.ROOT), String.valueOf(part.period()), part);
    }
    row("total", String.valueOf(report.from()), report.totals());
    row("previous", String.valueOf(report.period().plus(report.from(), -1)), report.before());
    row(
        "change_percent",
        "",
        metric ->
            Change.between(report.before().value(metric), report.totals().value(metric)).percent());
    for (Dimension dimension : Dimension.values()) {
      for (Row part : report.breakdowns().getOrDefault(dimension, List.of())) {
        row(dimension.wireName(), part.group().getOrDefault(dimension, ""), part);
      }
    }
  }

  private void row(String scope, String name, Row row) throws IOException {
    row(scope, name, row::value);
  }

  private void row(String scope, String name, Function<Metric, @Nullable BigDecimal> values)
      throws IOException {
    List<@Nullable Object> cells = new ArrayList<>(List.of(scope, text(name)));
    for (Metric metric : Metric.values()) {
      BigDecimal value = values.apply(metric);
      cells.add(value == null ? null : value.toPlainString());
    }
    cells.add(report.provenance().source());
    cells.add(report.provenance().asOf().toString());
    cells.add(report.provenance().verifiedAt());
    cells.add(report.provenance().verified());
    printer.printRecord(cells);
  }

  /** What a spreadsheet would take for a formula gets an apostrophe, as OWASP advises. */
  private static String text(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
