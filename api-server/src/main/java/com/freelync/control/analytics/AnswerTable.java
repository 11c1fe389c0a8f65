package com.freelync.control.analytics;

import com.freelync.control.api.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers as tables, with where they come from. */
final class AnswerTable {
  private AnswerTable() {}

  /** The headers that say where the numbers come from. */
  static Map<String, String> facts(Provenance provenance) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Analytics-Source", provenance.source());
    facts.put("Analytics-As-Of", provenance.asOf().toString());
    facts.put("Analytics-Verified", String.valueOf(provenance.verified()));
    if (provenance.verifiedAt() != null) {
      facts.put("Analytics-Verified-At", provenance.verifiedAt().toString());
    }
    return facts;
  }

  /** Rows of a question, with their periods and groups in the first columns. */
  static Table of(String name, Question question, List<Row> rows, Provenance provenance) {
    List<String> columns = new ArrayList<>();
    if (question.grain() != null) {
      columns.add("start");
    }
    question.groupBy().forEach(dimension -> columns.add(dimension.wireName()));
    question.metrics().forEach(metric -> columns.add(metric.wireName()));
    List<List<@Nullable Object>> cells = new ArrayList<>();
    for (Row row : rows) {
      cells.add(cells(row, question.metrics()));
    }
    return new Table(
        name, columns, cells, facts(provenance, rows.stream().anyMatch(Row::suppressed), false));
  }

  /** What is left out is said in any case. */
  static Map<String, String> facts(
      Provenance provenance, boolean isSuppressed, boolean isTruncated) {
    Map<String, String> facts = facts(provenance);
    facts.put("Analytics-Suppressed", String.valueOf(isSuppressed));
    facts.put("Analytics-Truncated", String.valueOf(isTruncated));
    return facts;
  }

  /** A row: its period, its groups, its values. */
  static List<@Nullable Object> cells(Row row, Collection<Metric> metrics) {
    List<@Nullable Object> cells = new ArrayList<>();
    if (row.period() != null) {
      cells.add(MetricQuery.text(row.period()));
    }
    cells.addAll(row.group().values());
    metrics.forEach(metric -> cells.add(row.value(metric)));
    return cells;
  }
}
