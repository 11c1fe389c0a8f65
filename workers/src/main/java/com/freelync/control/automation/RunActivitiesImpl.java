package com.freelync.control.automation;

import com.freelync.control.approval.ApprovalState;
import com.freelync.control.database.Failures;
import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.worker.RequestIds;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The run's transactions. */
public final class RunActivitiesImpl implements RunActivities {
  static final String DATABASE_AWAY = "DatabaseAway";

  private final Runs runs;
  private final RunApprovals approvals;

  public RunActivitiesImpl(Runs runs, RunApprovals approvals) {
    this.runs = runs;
    this.approvals = approvals;
  }

  @Override
  public ApprovalState ask(UUID executionId, String path, long nowMillis) {
    Instant now = Instant.ofEpochMilli(nowMillis);
    ApprovalState asked =
        approvals
            .ask(executionId, path, now)
            .map(ApprovalState::of)
            .orElseGet(() -> ApprovalState.notAsked(executionId, now));
    Failpoint.APPROVAL_ASK_COMMITTED.reach();
    return asked;
  }

  @Override
  public boolean begin(UUID executionId) {
    boolean begun = runs.begin(executionId);
    Failpoint.RUN_BEGUN.reach();
    return begun;
  }

  @Override
  public AutomationRun.RunResult ended(UUID executionId) {
    Runs.End end =
        runs.end(executionId)
            .orElseThrow(() -> new IllegalStateException("execution " + executionId + " is open"));
    return new AutomationRun.RunResult(end.status(), end.reason());
  }

  @Override
  public PerformResult perform(Perform call) {
    int attempt = Activity.getExecutionContext().getInfo().getAttempt();
    try (var ignored = RequestIds.put(call.requestId())) {
      PerformResult result =
          result(runs.perform(call.executionId(), call.path(), call.input(), attempt));
      Failpoint.STEP_COMMITTED.reach();
      return result;
    } catch (RuntimeException e) {
      if (Failures.isAway(e)) {
        throw ApplicationFailure.newNonRetryableFailure("PostgreSQL is away", DATABASE_AWAY);
      }
      throw e;
    }
  }

  private static PerformResult result(Runs.Attempt attempt) {
    return switch (attempt) {
      case Runs.Attempt.Done done -> new PerformResult(Kind.DONE, done.output(), null, null);
      case Runs.Attempt.Refused refused ->
          new PerformResult(Kind.REFUSED, Map.of(), refused.code(), refused.reason());
      case Runs.Attempt.Cancelled cancelled ->
          new PerformResult(Kind.CANCELLED, Map.of(), null, null);
    };
  }

  @Override
  public void judged(
      UUID executionId, String path, boolean holds, List<Map<String, Object>> conditions) {
    runs.judged(executionId, path, holds, conditions);
    Failpoint.CONDITION_RECORDED.reach();
  }

  @Override
  public void skipped(UUID executionId, String path, String action, String reason) {
    runs.skipped(executionId, path, action, reason);
  }

  @Override
  public void failed(
      UUID executionId,
      String path,
      String action,
      String type,
      String message,
      @Nullable String stackTrace) {
    runs.failed(executionId, path, action, type, message, stackTrace);
  }

  @Override
  public void finish(
      UUID executionId,
      String status,
      @Nullable String reason,
      @Nullable Map<String, Object> error) {
    runs.finish(executionId, status, reason, error);
    Failpoint.RUN_FINISHED.reach();
  }
}
