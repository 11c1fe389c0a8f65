package com.freelync.control.automation;

import com.freelync.control.approval.ApprovalWait;
import com.freelync.control.approval.Doorbell;
import com.freelync.control.automation.Effects.ActionCall;
import com.freelync.control.automation.Effects.ActionResult;
import com.freelync.control.automation.RunActivities.Kind;
import com.freelync.control.automation.RunActivities.Perform;
import com.freelync.control.automation.RunActivities.PerformResult;
import com.freelync.control.worker.LocalCalls;
import com.google.common.base.Throwables;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls of actions: with their retries, their waits at the gates, and the questions they ask. */
final class ActionCalls {
  private static final int LONGEST_TRACE = 8_000;
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  /** Each pause adds to the history: hours without a database must not fill it. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** Who is held up is rung for; should the bell be lost, it looks again by itself. */
  private static final Duration LONGEST_HOLD = Duration.ofHours(6);

  private final RunInput input;
  private final Doorbell bell;
  private final ApprovalWait people;
  private boolean hasEnded;

  ActionCalls(RunInput input, Doorbell bell, ApprovalWait people) {
    this.input = input;
    this.bell = bell;
    this.people = people;
  }

  /** Whether a call recorded the end of the run. */
  boolean hasEnded() {
    return hasEnded;
  }

  /**
   * Performs an action.
   *
   * @param begins whether the run begins with it, and nothing has recorded that
   * @param ends whether the run is COMPLETED once it is done
   */
  ActionResult perform(ActionCall call, boolean begins, boolean ends) {
    Step.ActionStep step = call.step();
    String summary = step.action() + " at " + call.place();
    Workflow.setCurrentDetails("At " + call.place() + ": " + step.action());
    RetryOptions retry =
        RetryOptions.newBuilder()
            .setInitialInterval(step.retry().initial())
            .setBackoffCoefficient(step.retry().multiplier() / 100.0)
            .setMaximumInterval(Duration.ofMinutes(5))
            .setMaximumAttempts(1 + step.retry().maxRetries())
            .build();
    RunActivities here = LocalCalls.attempts(RunActivities.class, summary, retry);
    Perform perform =
        new Perform(
            input.executionId(),
            call.place(),
            call.input(),
            input.requestId(),
            Workflow.getInfo().getWorkflowId(),
            begins,
            ends);
    Duration pause = SHORTEST_PAUSE;
    while (true) {
      int heard = bell.rings(call.place().toString());
      try {
        PerformResult result = here.perform(perform);
        if (result.kind() == Kind.BEGUN) {
          result = outside(summary, retry).act(perform);
        } else {
          hasEnded |= ends && result.kind() == Kind.DONE;
        }
        ActionResult end = result(call, result);
        if (end != null) {
          return end;
        }
        hold(call, result, heard);
        pause = SHORTEST_PAUSE;
      } catch (ActivityFailure failure) {
        if (failure.getCause() instanceof CanceledFailure) {
          throw failure;
        }
        if (!isDatabaseAway(failure)) {
          return failed(call, failure);
        }
        // Our own database being away is no failure of the action: the run waits for it.
        Workflow.setCurrentDetails("At " + call.place() + ": waits for the database");
        Workflow.sleep(pause);
        pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
      }
    }
  }

  private static OutsideActivities outside(String summary, RetryOptions retry) {
    return Workflow.newActivityStub(
        OutsideActivities.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofMinutes(10))
            .setHeartbeatTimeout(Duration.ofSeconds(30))
            .setRetryOptions(retry)
            .setSummary(summary)
            .build());
  }

  /** PostgreSQL said so, or it said nothing: what the call does is bounded on its side. */
  private static boolean isDatabaseAway(ActivityFailure failure) {
    return (failure.getCause() instanceof TimeoutFailure
            && failure.getActivityType().startsWith("Run"))
        || (failure.getCause() instanceof ApplicationFailure cause
            && cause.getType().equals(RunActivitiesImpl.DATABASE_AWAY));
  }

  /** How it ended; null if it did not. */
  private static @Nullable ActionResult result(ActionCall call, PerformResult result) {
    return switch (result.kind()) {
      case DONE -> new ActionResult.Done(result.output());
      case REFUSED ->
          new ActionResult.Failed(
              String.valueOf(result.code()), String.valueOf(result.reason()), null);
      case SKIPPED -> new ActionResult.Skipped(String.valueOf(result.reason()));
      case REJECTED -> new ActionResult.Rejected(String.valueOf(result.reason()));
      case CANCELLED -> throw new CanceledFailure("The execution was cancelled.");
      case WAITS, ASKS -> null;
      case BEGUN -> throw new IllegalStateException(call.place() + " was begun and not done");
    };
  }

  /** Waits for people, or until it may try again. */
  private void hold(ActionCall call, PerformResult result, int heard) {
    if (result.kind() == Kind.ASKS) {
      people.until(call.place().toString(), Objects.requireNonNull(result.asked()), true);
      return;
    }
    Workflow.setCurrentDetails(
        "At %s: %s is held up by the %s. %s"
            .formatted(
                call.place(),
                call.step().action(),
                Objects.requireNonNull(result.hold()).words(),
                result.reason()));
    // The database rings for whom there is room: one that looked by itself would look in vain.
    bell.await(call.place().toString(), heard, LONGEST_HOLD);
  }

  private ActionResult failed(ActionCall call, ActivityFailure failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String type = cause instanceof ApplicationFailure known ? known.getType() : "timeout";
    String message =
        cause instanceof ApplicationFailure known
            ? known.getOriginalMessage()
            : String.valueOf(cause.getMessage());
    String trace = Throwables.getStackTraceAsString(cause);
    String shortened = trace.length() > LONGEST_TRACE ? trace.substring(0, LONGEST_TRACE) : trace;
    LocalCalls.records(RunActivities.class, "record the failure of " + call.place())
        .failed(
            input.executionId(),
            call.place(),
            call.step().action(),
            Runs.failure(type, message, shortened));
    return new ActionResult.Failed(type, message, shortened);
  }
}
