package com.freelync.control.automation;

import com.freelync.control.approval.ApprovalWait;
import com.freelync.control.parse.DefinitionParser;
import com.freelync.control.worker.LocalCalls;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a definition on Temporal and writes down how it ended, whatever happens. */
public final class AutomationRunImpl implements AutomationRun {
  private final ApprovalWait people = new ApprovalWait();

  @Override
  public void decided() {
    people.ring();
  }

  @Override
  public RunResult run(RunInput input) {
    RunOutcome outcome;
    try {
      if (!records("begin").begin(input.executionId())) {
        Workflow.setCurrentDetails("The execution was over before it began.");
        return records("read how it ended").ended(input.executionId());
      }
      outcome = interpret(input);
    } catch (CanceledFailure cancelled) {
      finish(input, "CANCELLED", null, null);
      throw cancelled;
    } catch (TemporalFailure failure) {
      throw end(input, failure);
    }
    return end(input, outcome);
  }

  private RunOutcome interpret(RunInput input) {
    return switch (DefinitionParser.parse(input.definition())) {
      case DefinitionParser.Result.Parsed parsed ->
          new Interpreter(
                  new Scope(input.facts(), input.triggerData()), new DurableEffects(input, people))
              .run(parsed.definition().steps());
      case DefinitionParser.Result.Invalid invalid ->
          new RunOutcome.Failed("", "invalid_definition", invalid.errors().toString(), null);
    };
  }

  private static RunResult end(RunInput input, RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Completed completed -> {
        finish(input, "COMPLETED", null, null);
        yield new RunResult("COMPLETED", null);
      }
      case RunOutcome.Rejected rejected -> {
        finish(input, "REJECTED", rejected.reason(), null);
        yield new RunResult("REJECTED", rejected.reason());
      }
      case RunOutcome.Failed failed -> {
        finish(input, "FAILED", failed.message(), DurableEffects.error(failed));
        throw ApplicationFailure.newNonRetryableFailure(
            failed.path() + ": " + failed.message(), failed.type());
      }
    };
  }

  /** A call was cancelled with the run, or failed where no failure was expected. */
  private static TemporalFailure end(RunInput input, TemporalFailure failure) {
    if (failure instanceof ActivityFailure && failure.getCause() instanceof CanceledFailure cause) {
      finish(input, "CANCELLED", null, null);
      return cause;
    }
    String message = String.valueOf(failure.getOriginalMessage());
    finish(input, "FAILED", message, Runs.failure("run_failed", message, null));
    return failure;
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
