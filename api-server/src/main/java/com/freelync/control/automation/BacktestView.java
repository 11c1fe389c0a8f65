package com.freelync.control.automation;

import com.freelync.control.api.links.Links;
import com.freelync.control.automation.backtest.BacktestRow;
import com.freelync.control.automation.backtest.Report;
import com.freelync.control.database.Json;
import com.freelync.control.temporal.TemporalSettings;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A backtest as people see it; while it is under way, what it found so far.
 *
 * @param first what the definition would have done
 * @param second what the other one would have done; null if it is tried alone
 * @param comparison where the two differ; null if it is tried alone
 */
public record BacktestView(
    UUID id,
    @Nullable UUID workflowId,
    @Nullable Integer version,
    String status,
    Instant from,
    Instant to,
    Progress progress,
    Map<String, Object> definition,
    @Nullable Map<String, Object> compareWith,
    Report.Findings first,
    Report.@Nullable Findings second,
    Report.@Nullable Comparison comparison,
    @Nullable String problem,
    String createdBy,
    Instant createdAt,
    @Nullable Instant finishedAt,
    Links links) {
  /** How many events of the period were looked at. */
  public record Progress(long done, long total) {}

  static BacktestView of(BacktestRow row, TemporalSettings temporal) {
    Report report = Report.of(row);
    return new BacktestView(
        row.id(),
        row.workflowId(),
        row.version(),
        row.status(),
        row.fromAt(),
        row.toAt(),
        new Progress(row.done(), Math.max(row.done(), row.total())),
        Json.readObject(row.definitionJson()),
        row.otherJson() == null ? null : Json.readObject(row.otherJson()),
        report.first(),
        report.second(),
        report.comparison(),
        row.problem(),
        row.createdBy(),
        row.createdAt(),
        row.finishedAt(),
        new Links(
            "/admin/backtests/" + row.id(), temporal.uiLink(BacktestJob.temporalId(row.id()))));
  }
}
