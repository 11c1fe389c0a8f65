package com.freelync.control.task;

import com.freelync.control.api.links.Links;
import com.freelync.control.database.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is answered.
 *
 * @param problem why its last instant could not run
 * @param nextRuns its next instants, at most five
 */
record TaskView(
    UUID id,
    String name,
    UUID workflowId,
    String workflowName,
    Map<String, Object> payload,
    @Nullable Instant at,
    @Nullable String cron,
    @Nullable String timeZone,
    String missed,
    Duration catchUp,
    String status,
    @Nullable ProblemView problem,
    List<Instant> nextRuns,
    @Nullable RunView lastExecution,
    String createdBy,
    Instant createdAt,
    Instant updatedAt,
    Links links) {

  /** An instant that could not run, and why. */
  record ProblemView(@Nullable Instant scheduledFor, String reason) {}

  /** Its last execution; a person asked for it where no instant is named. */
  record RunView(
      UUID id,
      String status,
      @Nullable Instant scheduledFor,
      @Nullable Instant at,
      @Nullable Instant finishedAt,
      Links links) {}

  static TaskView of(TaskRow row, Instant now) {
    return new TaskView(
        row.id(),
        row.name(),
        row.workflowId(),
        row.workflowName(),
        Json.readObject(row.payloadJson()),
        row.at(),
        row.cron(),
        row.timeZone(),
        row.missed().toLowerCase(Locale.ROOT),
        row.catchUp(),
        row.status(),
        row.problem() == null ? null : new ProblemView(row.problemAt(), row.problem()),
        row.next(now),
        run(row),
        row.createdBy(),
        row.createdAt(),
        row.updatedAt(),
        Links.self("/admin/tasks/" + row.id()));
  }

  private static @Nullable RunView run(TaskRow row) {
    UUID id = row.executionId();
    return id == null
        ? null
        : new RunView(
            id,
            String.valueOf(row.executionStatus()),
            row.executedFor(),
            row.executedAt(),
            row.executionFinishedAt(),
            Links.self("/admin/executions/" + id));
  }
}
