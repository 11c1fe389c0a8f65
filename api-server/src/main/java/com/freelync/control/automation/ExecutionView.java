package com.freelync.control.automation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.freelync.control.api.links.Links;
import com.freelync.control.api.paging.Page;
import com.freelync.control.api.paging.PageRequest;
import com.freelync.control.approval.Approval;
import com.freelync.control.approval.Slot;
import com.freelync.control.approval.WordView;
import com.freelync.control.automation.Action.EntityRef;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Json;
import com.freelync.control.temporal.TemporalSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An execution as it is answered; lists leave out the steps. */
record ExecutionView(
    UUID id,
    UUID workflowId,
    String workflowName,
    int workflowVersion,
    String status,
    @Nullable String reason,
    TriggerView trigger,
    List<Map<String, Object>> conditions,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<StepView> steps,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<EntityRef> affectedEntities,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Long durationMs,
    @Nullable Map<String, Object> error,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<WordView> approvals,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WaitView waitsFor,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<HoldView> waits,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CancelView cancel,
    Links links) {

  /** What made it run; of a clock which instant, and of a scheduled task which one. */
  record TriggerView(
      String type,
      String by,
      Instant at,
      @Nullable String why,
      @Nullable UUID eventId,
      @Nullable Instant scheduledAt,
      @Nullable UUID taskId,
      @Nullable String entity,
      Map<String, Object> data) {}

  /** Who asked for its end, and why. */
  record CancelView(String by, Instant at, @Nullable String reason, boolean compensates) {}

  /**
   * What it waits for (human, limit, breaker, kill_switch, time, slot) and since when; {@code
   * execution_id} is the one that goes first.
   */
  record HoldView(
      String kind,
      Instant since,
      @Nullable Instant until,
      String reason,
      @Nullable UUID executionId) {
    static HoldView of(ExecutionWait wait) {
      return new HoldView(
          wait.kind().word(), wait.since(), wait.until(), wait.reason(), wait.behind());
    }
  }

  /** Whom it waits for, since when, and when that counts as rejected. */
  record WaitView(
      UUID approvalId,
      String name,
      List<List<String>> openSlots,
      Instant since,
      @Nullable Instant dueAt,
      String contentHash) {
    static WaitView of(Approval approval) {
      return new WaitView(
          approval.id(),
          approval.name(),
          approval.openSlots().stream().map(Slot::roleNames).toList(),
          approval.requestedAt(),
          approval.dueAt(),
          approval.contentHash());
    }
  }

  /**
   * One step; within loops {@code item} has the numbers of their items. One that was undone, to be
   * taken again, is {@code undone}.
   */
  record StepView(
      String path,
      String item,
      String action,
      String status,
      int attempts,
      Map<String, Object> input,
      @Nullable Map<String, Object> output,
      Instant startedAt,
      @Nullable Long durationMs,
      @Nullable Map<String, Object> error,
      boolean undone) {
    static StepView of(StepRow row) {
      return new StepView(
          row.path(),
          row.item(),
          row.action(),
          row.status(),
          row.attempts(),
          Json.readObject(row.inputJson()),
          optional(row.outputJson()),
          row.startedAt(),
          millis(row.startedAt(), row.finishedAt()),
          failure(row.errorJson()),
          row.superseded());
    }
  }

  static ExecutionView of(Execution execution, TemporalSettings temporal) {
    return of(
        execution.row(),
        execution.steps().stream().map(StepView::of).toList(),
        execution.affected(),
        execution.approvals(),
        execution.waits(),
        temporal);
  }

  static ExecutionView listed(ListedExecution execution, TemporalSettings temporal) {
    return of(execution.row(), null, null, null, execution.waits(), temporal);
  }

  /** A page of executions, the newest first. */
  static Page<ExecutionView> page(
      Executions executions, ExecutionFilter filter, PageRequest page, TemporalSettings temporal) {
    return Page.of(
        executions.listWithWaits(filter, page.after(), page.rows()),
        page,
        execution -> new Cursor(execution.row().createdAt(), execution.row().id()),
        execution -> listed(execution, temporal));
  }

  private static ExecutionView of(
      ExecutionRow row,
      @Nullable List<StepView> steps,
      @Nullable List<EntityRef> affected,
      @Nullable List<Approval> asked,
      List<ExecutionWait> waits,
      TemporalSettings temporal) {
    return new ExecutionView(
        row.id(),
        row.workflowId(),
        row.workflowName(),
        row.workflowVersion(),
        row.status(),
        row.reason() == null && row.status().equals("PENDING") && !waits.isEmpty()
            ? waits.getFirst().reason()
            : row.reason(),
        trigger(row),
        Json.readObjects(row.conditionsJson()),
        steps,
        affected,
        row.createdAt(),
        row.startedAt(),
        row.finishedAt(),
        millis(row.createdAt(), row.finishedAt()),
        failure(row.errorJson()),
        asked == null
            ? null
            : asked.stream().flatMap(approval -> WordView.of(approval).stream()).toList(),
        asked == null
            ? null
            : asked.stream().filter(Approval::isWaiting).findFirst().map(WaitView::of).orElse(null),
        waits.stream().map(HoldView::of).toList(),
        row.cancelRequestedAt() == null
            ? null
            : new CancelView(
                String.valueOf(row.cancelRequestedBy()),
                row.cancelRequestedAt(),
                row.cancelReason(),
                row.cancelCompensates()),
        links(row, temporal));
  }

  private static TriggerView trigger(ExecutionRow row) {
    return new TriggerView(
        row.triggerType(),
        row.triggeredBy(),
        row.createdAt(),
        row.why(),
        row.eventId(),
        row.scheduledAt(),
        row.taskId(),
        row.entityType() == null ? null : row.entityType() + "/" + row.entityId(),
        Json.readObject(row.triggerDataJson()));
  }

  /** What was decided at once never had a run in Temporal. */
  private static Links links(ExecutionRow row, TemporalSettings temporal) {
    boolean hasRun = row.startedAt() != null || row.finishedAt() == null;
    return new Links(
        "/admin/executions/" + row.id(),
        hasRun ? temporal.uiLink(RunInput.temporalId(row.id(), row.run())) : null);
  }

  /** An error always has its three fields; what the business refuses has no trace. */
  private static @Nullable Map<String, Object> failure(@Nullable String json) {
    if (json == null) {
      return null;
    }
    Map<String, Object> error = new LinkedHashMap<>(Json.readObject(json));
    error.putIfAbsent("stack_trace", null);
    error.remove("open");
    return error;
  }

  private static @Nullable Map<String, Object> optional(@Nullable String json) {
    return json == null ? null : Json.readObject(json);
  }

  private static @Nullable Long millis(Instant from, @Nullable Instant to) {
    return to == null ? null : Long.valueOf(Duration.between(from, to).toMillis());
  }
}
