package com.freelync.control.automation;

import com.freelync.control.approval.ApprovalState;
import com.freelync.control.approval.ApprovalStatus;
import com.freelync.control.approval.ApprovalWait;
import com.freelync.control.automation.RunActivities.Perform;
import com.freelync.control.automation.RunActivities.PerformResult;
import com.freelync.control.condition.Judgement;
import com.freelync.control.condition.Truth;
import com.freelync.control.worker.LocalCalls;
import com.google.common.base.Throwables;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Effects on Temporal: each call is an activity, recorded in the workflow's history. */
final class DurableEffects implements Effects {
  private static final int LONGEST_TRACE = 8_000;
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  /** Each pause adds to the history: hours without a database must not fill it. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final RunInput input;
  private final ApprovalWait people;

  DurableEffects(RunInput input, ApprovalWait people) {
    this.input = input;
    this.people = people;
  }

  @Override
  public ActionResult perform(ActionCall call) {
    Step.ActionStep step = call.step();
    Workflow.setCurrentDetails("At " + step.path() + ": " + step.action());
    RunActivities activities =
        LocalCalls.attempts(
            RunActivities.class,
            step.action() + " at " + step.path(),
            RetryOptions.newBuilder()
                .setInitialInterval(step.retry().initial())
                .setBackoffCoefficient(step.retry().multiplier() / 100.0)
                .setMaximumInterval(Duration.ofMinutes(5))
                .setMaximumAttempts(1 + step.retry().maxRetries())
                .build());
    Perform perform =
        new Perform(input.executionId(), step.path(), call.input(), input.requestId());
    Duration pause = SHORTEST_PAUSE;
    while (true) {
      try {
        return result(activities.perform(perform));
      } catch (ActivityFailure failure) {
        if (failure.getCause() instanceof CanceledFailure) {
          throw failure;
        }
        if (!isDatabaseAway(failure)) {
          return failed(step, failure);
        }
        // Our own database being away is no failure of the action: the run waits for it.
        Workflow.setCurrentDetails("At " + step.path() + ": waits for the database");
        Workflow.sleep(pause);
        pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
      }
    }
  }

  /** PostgreSQL said so, or it said nothing: what the call does is bounded on its side. */
  private static boolean isDatabaseAway(ActivityFailure failure) {
    return failure.getCause() instanceof TimeoutFailure
        || (failure.getCause() instanceof ApplicationFailure cause
            && cause.getType().equals(RunActivitiesImpl.DATABASE_AWAY));
  }

  private static ActionResult result(PerformResult result) {
    return switch (result.kind()) {
      case DONE -> new ActionResult.Done(result.output());
      case REFUSED ->
          new ActionResult.Failed(
              String.valueOf(result.code()), String.valueOf(result.reason()), null);
      case CANCELLED -> throw new CanceledFailure("The execution was cancelled.");
    };
  }

  private ActionResult failed(Step.ActionStep step, ActivityFailure failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String type = cause instanceof ApplicationFailure known ? known.getType() : "timeout";
    String message =
        cause instanceof ApplicationFailure known
            ? known.getOriginalMessage()
            : String.valueOf(cause.getMessage());
    String trace = Throwables.getStackTraceAsString(cause);
    String shortened = trace.length() > LONGEST_TRACE ? trace.substring(0, LONGEST_TRACE) : trace;
    LocalCalls.records(RunActivities.class, "record the failure of " + step.path())
        .failed(input.executionId(), step.path(), step.action(), type, message, shortened);
    return new ActionResult.Failed(type, message, shortened);
  }

  @Override
  public ApprovalResult decide(Step.ApprovalStep step) {
    ApprovalState asked =
        LocalCalls.records(RunActivities.class, "ask people: " + step.name())
            .ask(input.executionId(), step.path(), Workflow.currentTimeMillis());
    ApprovalState decided = people.until(asked, true);
    String outcome = String.valueOf(decided.outcome());
    Workflow.setCurrentDetails(step.name() + ": " + outcome + ". " + decided.comment());
    return switch (ApprovalStatus.valueOf(outcome)) {
      case APPROVED -> new ApprovalResult(true, "APPROVED", decided.by(), decided.comment());
      case REJECTED, TIMED_OUT ->
          new ApprovalResult(false, "REJECTED", decided.by(), decided.comment());
      // It is withdrawn only with the execution itself.
      case WITHDRAWN -> throw new CanceledFailure("The execution was cancelled.");
      case WAITING -> throw new IllegalStateException("still waiting");
    };
  }

  @Override
  public void judged(Step.IfStep step, Judgement judgement) {
    LocalCalls.records(RunActivities.class, "record the condition at " + step.path())
        .judged(
            input.executionId(),
            step.path(),
            judgement.truth() == Truth.HOLDS,
            Findings.of(judgement));
  }

  @Override
  public void skipped(Step step, String reason) {
    LocalCalls.records(RunActivities.class, "record that " + step.path() + " is skipped")
        .skipped(input.executionId(), step.path(), Steps.kind(step), reason);
  }

  /** The error of a run that failed, as it is recorded. */
  static Map<String, Object> error(RunOutcome.Failed failed) {
    return Runs.failure(failed.type(), failed.message(), failed.stackTrace());
  }
}
