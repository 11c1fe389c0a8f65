package com.freelync.control.automation;

import com.freelync.control.approval.Doorbell;
import com.freelync.control.parse.DefinitionParser;
import com.freelync.control.worker.LocalCalls;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a definition on Temporal and writes down how it ended, whatever happens. */
public final class AutomationRunImpl implements AutomationRun {
  private final Doorbell bell = new Doorbell();

  /** Whether the last action recorded that the run is COMPLETED. */
  private boolean isRecorded;

  @Override
  public void decided(@Nullable String place) {
    bell.ring(place);
  }

  @Override
  public RunResult run(RunInput input) {
    @Nullable RunOutcome outcome;
    try {
      outcome = take(input);
    } catch (TemporalFailure failure) {
      TemporalFailure end = end(input, failure);
      // Where the database stopped it, and nobody in Temporal, it ends as the database says.
      if (input.recordsAtOnce()
          && cancelled(failure) != null
          && !CancellationScope.current().isCancelRequested()) {
        return records("read how it ended").ended(input.executionId());
      }
      throw end;
    }
    if (outcome == null) {
      Workflow.setCurrentDetails("The execution was over before it began.");
      return records("read how it ended").ended(input.executionId());
    }
    if (isRecorded) {
      Workflow.setCurrentDetails("COMPLETED");
      return new RunResult("COMPLETED", null);
    }
    return end(input, outcome);
  }

  /** Takes the steps; null if the execution is over already. */
  private @Nullable RunOutcome take(RunInput input) {
    return switch (DefinitionParser.parse(input.definition())) {
      case DefinitionParser.Result.Parsed parsed -> take(input, parsed.definition());
      case DefinitionParser.Result.Invalid invalid ->
          begins(input)
              ? new RunOutcome.Failed(
                  StepPlace.of(""), "invalid_definition", invalid.errors().toString(), null)
              : null;
    };
  }

  private @Nullable RunOutcome take(RunInput input, Definition definition) {
    DurableEffects effects = new DurableEffects(input, definition, bell);
    if (!effects.beginsWithAction() && !begins(input)) {
      return null;
    }
    RunOutcome outcome =
        new Interpreter(effects)
            .run(definition.steps(), new Scope(input.facts(), input.triggerData()));
    isRecorded = effects.hasEnded();
    return outcome;
  }

  private static boolean begins(RunInput input) {
    return records("begin").begin(input.executionId());
  }

  private static RunResult end(RunInput input, RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Completed completed -> {
        finish(input, "COMPLETED", completed.reason(), null);
        yield new RunResult("COMPLETED", completed.reason());
      }
      case RunOutcome.Rejected rejected -> {
        finish(input, "REJECTED", rejected.reason(), null);
        yield new RunResult("REJECTED", rejected.reason());
      }
      case RunOutcome.Failed failed -> {
        finish(input, "FAILED", failed.message(), Runs.error(failed));
        throw ApplicationFailure.newNonRetryableFailure(
            failed.place() + ": " + failed.message(), failed.type());
      }
    };
  }

  /** A call was cancelled with the run, or failed where no failure was expected. */
  private TemporalFailure end(RunInput input, TemporalFailure failure) {
    CanceledFailure cancelled = cancelled(failure);
    if (cancelled != null) {
      Workflow.newDetachedCancellationScope(() -> undo(input)).run();
      finish(input, "CANCELLED", null, null);
      return cancelled;
    }
    String message = String.valueOf(failure.getOriginalMessage());
    finish(input, "FAILED", message, Runs.failure("run_failed", message, null));
    return failure;
  }

  private static @Nullable CanceledFailure cancelled(TemporalFailure failure) {
    if (failure instanceof CanceledFailure cancelled) {
      return cancelled;
    }
    return (failure instanceof ActivityFailure || failure instanceof ChildWorkflowFailure)
            && failure.getCause() instanceof CanceledFailure cause
        ? cause
        : null;
  }

  /** A run that is asked to cancel undoes what it did, where that was asked for. */
  private void undo(RunInput input) {
    if (DefinitionParser.parse(input.definition()) instanceof DefinitionParser.Result.Parsed parsed
        && Steps.actions(parsed.definition().steps()).anyMatch(step -> !step.compensate().isEmpty())
        && records("see whether it is undone").undoes(input.executionId())) {
      new DurableEffects(input, parsed.definition(), bell).undoWithin(StepPlace.of(""));
    }
  }

  /** The end is recorded outside the scope that may be cancelled meanwhile. */
  private static void finish(
      RunInput input, String status, @Nullable String reason, @Nullable Map<String, Object> error) {
    Workflow.setCurrentDetails(status + (reason == null ? "" : ": " + reason));
    Workflow.newDetachedCancellationScope(
            () -> records("record " + status).finish(input.executionId(), status, reason, error))
        .run();
  }

  private static RunActivities records(String summary) {
    return LocalCalls.records(RunActivities.class, summary);
  }
}
