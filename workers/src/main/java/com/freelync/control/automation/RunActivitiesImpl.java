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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The run's transactions. */
public final class RunActivitiesImpl implements RunActivities {
  static final String DATABASE_AWAY = "DatabaseAway";

  private final Runs runs;
  private final RunSteps steps;
  private final RunNotes notes;
  private final RunApprovals approvals;
  private final Undoing undoing;

  public RunActivitiesImpl(
      Runs runs, RunSteps steps, RunNotes notes, RunApprovals approvals, Undoing undoing) {
    this.runs = runs;
    this.steps = steps;
    this.notes = notes;
    this.approvals = approvals;
    this.undoing = undoing;
  }

  @Override
  public ApprovalState ask(UUID executionId, StepPlace place, String waitsIn, long nowMillis) {
    Instant now = Instant.ofEpochMilli(nowMillis);
    ApprovalState asked =
        approvals
            .ask(executionId, place, waitsIn, now)
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
    return attempt(call, steps::perform);
  }

  /** One attempt, told apart by what may pass and what may not. */
  static PerformResult attempt(Perform call, Function<RunSteps.Asked, Attempt> way) {
    int attempt = Activity.getExecutionContext().getInfo().getAttempt();
    try (var ignored = RequestIds.put(call.requestId())) {
      PerformResult result =
          result(
              way.apply(
                  new RunSteps.Asked(
                      call.executionId(),
                      call.place(),
                      call.input(),
                      attempt,
                      call.waitsIn(),
                      call.begins(),
                      call.ends())));
      if (call.begins()) {
        Failpoint.RUN_BEGUN.reach();
      }
      Failpoint.STEP_COMMITTED.reach();
      if (call.ends() && result.kind() == Kind.DONE) {
        Failpoint.RUN_FINISHED.reach();
      }
      return result;
    } catch (RuntimeException e) {
      if (Failures.isAway(e)) {
        throw ApplicationFailure.newNonRetryableFailure("PostgreSQL is away", DATABASE_AWAY);
      }
      throw e;
    }
  }

  private static PerformResult result(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Done done ->
          new PerformResult(Kind.DONE, done.output(), null, null, null, null, null);
      case Attempt.Refused refused -> said(Kind.REFUSED, refused.code(), refused.reason());
      case Attempt.Cancelled cancelled -> said(Kind.CANCELLED, null, null);
      case Attempt.Skipped skipped -> said(Kind.SKIPPED, null, skipped.reason());
      case Attempt.Rejected rejected -> said(Kind.REJECTED, null, rejected.reason());
      case Attempt.Begun begun -> said(Kind.BEGUN, null, null);
      case Attempt.Asks asks ->
          new PerformResult(
              Kind.ASKS, Map.of(), null, null, null, null, ApprovalState.of(asks.approval()));
      case Attempt.Waits waits ->
          new PerformResult(
              Kind.WAITS, Map.of(), null, waits.reason(), waits.hold(), waits.until(), null);
    };
  }

  private static PerformResult said(Kind kind, @Nullable String code, @Nullable String reason) {
    return new PerformResult(kind, Map.of(), code, reason, null, null, null);
  }

  @Override
  public void judged(
      UUID executionId, StepPlace place, boolean holds, List<Map<String, Object>> conditions) {
    notes.judged(executionId, place, holds, conditions);
    Failpoint.CONDITION_RECORDED.reach();
  }

  @Override
  public void skipped(UUID executionId, StepPlace place, String action, String reason) {
    notes.skipped(executionId, place, action, reason);
  }

  @Override
  public void failed(
      UUID executionId, StepPlace place, String action, Map<String, Object> failure) {
    steps.failed(executionId, place, action, failure);
  }

  @Override
  public void completed(
      UUID executionId, StepPlace place, String construct, Map<String, Object> output) {
    notes.completed(executionId, place, construct, output);
  }

  @Override
  public void constructFailed(
      UUID executionId, StepPlace place, String construct, Map<String, Object> failure) {
    notes.failed(executionId, place, construct, failure);
  }

  @Override
  public long waits(UUID executionId, StepPlace place, long untilMillis) {
    return notes.waits(executionId, place, Instant.ofEpochMilli(untilMillis)).toEpochMilli();
  }

  @Override
  public void loops(UUID executionId, StepPlace place, int count, int batch) {
    try {
      notes.loops(executionId, place, count, batch);
    } catch (ActionRefused refused) {
      throw ApplicationFailure.newNonRetryableFailure(refused.reason(), refused.code());
    }
  }

  @Override
  public List<Object> items(UUID executionId, StoredList list, int from, int most) {
    return notes.items(executionId, list, from, most);
  }

  @Override
  public boolean undoes(UUID executionId) {
    return undoing.isAsked(executionId);
  }

  @Override
  public List<StepPlace> undoing(UUID executionId, StepPlace within) {
    return undoing.next(executionId, within);
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
