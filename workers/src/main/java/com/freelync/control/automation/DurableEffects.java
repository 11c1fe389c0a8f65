package com.freelync.control.automation;

import com.freelync.control.approval.ApprovalState;
import com.freelync.control.approval.ApprovalStatus;
import com.freelync.control.approval.ApprovalWait;
import com.freelync.control.approval.Doorbell;
import com.freelync.control.automation.AutomationLoop.LoopInput;
import com.freelync.control.automation.AutomationLoop.LoopResult;
import com.freelync.control.condition.Judgement;
import com.freelync.control.condition.Truth;
import com.freelync.control.worker.LocalCalls;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Effects on Temporal: each call is an activity, recorded in the workflow's history. */
final class DurableEffects implements Effects {
  private final RunInput input;
  private final Definition definition;
  private final ActionCalls actions;
  private final ApprovalWait people;

  DurableEffects(RunInput input, Definition definition, Doorbell bell) {
    this.input = input;
    this.definition = definition;
    this.people = new ApprovalWait(bell);
    this.actions = new ActionCalls(input, bell, people);
  }

  /** Whether the run's first action records that the run begins. */
  boolean beginsWithAction() {
    return input.recordsAtOnce() && definition.steps().getFirst() instanceof Step.ActionStep;
  }

  /** Whether the run's last action recorded that the run is COMPLETED. */
  boolean hasEnded() {
    return actions.hasEnded();
  }

  @Override
  public ActionResult perform(ActionCall call) {
    String path = call.place().path();
    return actions.perform(
        call,
        beginsWithAction() && path.equals(definition.steps().getFirst().path()),
        input.recordsAtOnce() && Steps.isLast(definition.steps(), path));
  }

  @Override
  public ApprovalResult decide(StepPlace place, Step.ApprovalStep step) {
    ApprovalState asked =
        records("ask people: " + step.name())
            .ask(
                input.executionId(),
                place,
                Workflow.getInfo().getWorkflowId(),
                Workflow.currentTimeMillis());
    ApprovalState decided = people.until(place.toString(), asked, true);
    String outcome = String.valueOf(decided.outcome());
    Workflow.setCurrentDetails(step.name() + ": " + outcome + ". " + decided.comment());
    Answer answer =
        switch (ApprovalStatus.valueOf(outcome)) {
          case APPROVED -> Answer.APPROVED;
          case REJECTED -> Answer.REJECTED;
          case TIMED_OUT -> Answer.TIMED_OUT;
          // It is withdrawn only with the execution itself.
          case WITHDRAWN -> throw new CanceledFailure("The execution was cancelled.");
          case WAITING -> throw new IllegalStateException("still waiting");
        };
    return new ApprovalResult(answer, decided.by(), decided.comment());
  }

  @Override
  public void pause(StepPlace place, Step.WaitStep step, Until until) {
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    Instant end =
        Instant.ofEpochMilli(
            records("record that it waits at " + place)
                .waits(input.executionId(), place, until.from(now).toEpochMilli()));
    Duration left = Duration.between(now, end);
    if (left.isPositive()) {
      Workflow.setCurrentDetails("Waits until " + end + " at " + place + ".");
      Workflow.newTimer(left, TimerOptions.newBuilder().setSummary("wait at " + place).build())
          .get();
    }
    records("record that it waited at " + place)
        .completed(input.executionId(), place, "wait", Map.of("until", end.toString()));
  }

  /** Also when one of them is cancelled or fails: what has begun is finished. */
  @Override
  public List<Optional<RunOutcome>> together(
      StepPlace place, List<Supplier<Optional<RunOutcome>>> branches) {
    if (branches.size() == 1) {
      return List.of(branches.getFirst().get());
    }
    List<Promise<Optional<RunOutcome>>> all = new ArrayList<>();
    branches.forEach(branch -> all.add(Async.function(branch::get)));
    List<Optional<RunOutcome>> ends = new ArrayList<>();
    @Nullable TemporalFailure first = null;
    for (Promise<Optional<RunOutcome>> branch : all) {
      try {
        ends.add(branch.get());
      } catch (TemporalFailure failure) {
        first = first == null ? failure : first;
      }
    }
    if (first != null) {
      throw first;
    }
    return ends;
  }

  @Override
  public Optional<RunOutcome> each(Loop loop) {
    StepPlace place = loop.place();
    int count =
        StoredList.of(loop.items())
            .map(StoredList::count)
            .orElseGet(() -> ((List<?>) loop.items()).size());
    try {
      records("record the loop at " + place)
          .loops(input.executionId(), place, count, loop.step().batch());
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof ApplicationFailure cause
          && cause.getType().equals(RunNotes.TOO_MANY)) {
        return Optional.of(
            new RunOutcome.Failed(place, cause.getType(), cause.getOriginalMessage(), null));
      }
      throw failure;
    }
    Optional<RunOutcome> end =
        count == 0 ? Optional.empty() : Optional.ofNullable(run(loop, count).outcome());
    if (end.orElse(null) instanceof RunOutcome.Failed failed) {
      records("record that the loop failed")
          .constructFailed(input.executionId(), place, "for_each", LoopEnd.error(failed));
    } else {
      records("record that the loop is over")
          .completed(input.executionId(), place, "for_each", LoopEnd.output(count, end));
    }
    return end;
  }

  private LoopResult run(Loop loop, int count) {
    LoopInput given =
        new LoopInput(
            input,
            loop.place(),
            loop.items(),
            count,
            0,
            ResultUse.of(loop.step().steps(), loop.scope().results()),
            loop.scope().words());
    Workflow.setCurrentDetails("At " + loop.place() + ": " + count + " items");
    return Workflow.newChildWorkflowStub(
            AutomationLoop.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(given.temporalId())
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setTypedSearchAttributes(RunMessages.attributes(input))
                .setStaticSummary(input.name() + ": " + count + " items at " + loop.place())
                .build())
        .run(given);
  }

  @Override
  public List<String> undo(StepPlace attempt) {
    return undoWithin(new StepPlace(attempt.path() + "/try", attempt.item()));
  }

  /** Undoes what was done within a block, or in the whole run where the path is empty. */
  List<String> undoWithin(StepPlace within) {
    List<String> left = new ArrayList<>();
    Set<StepPlace> tried = new HashSet<>();
    List<StepPlace> next = undoing(within);
    // What is refused without a record of it comes again: once is enough.
    while (tried.addAll(next)) {
      for (StepPlace place : next) {
        Step.ActionStep step =
            (Step.ActionStep) Steps.find(definition.steps(), place.path()).orElseThrow();
        if (perform(new ActionCall(place, step, Map.of(), List.of()))
            instanceof ActionResult.Failed failed) {
          left.add(step.action() + " at " + place + ": " + failed.message());
        }
      }
      next = undoing(within);
    }
    return left;
  }

  private List<StepPlace> undoing(StepPlace within) {
    return records("see what is to be undone").undoing(input.executionId(), within);
  }

  @Override
  public void judged(StepPlace place, Step.IfStep step, Judgement judgement) {
    records("record the condition at " + place)
        .judged(
            input.executionId(), place, judgement.truth() == Truth.HOLDS, Findings.of(judgement));
  }

  @Override
  public void skipped(StepPlace place, Step step, String reason) {
    records("record that " + place + " is skipped")
        .skipped(input.executionId(), place, Steps.kind(step), reason);
  }

  @Override
  public void noted(StepPlace place, Step step, Map<String, Object> output) {
    records("record the " + Steps.kind(step) + " at " + place)
        .completed(input.executionId(), place, Steps.kind(step), output);
  }

  private static RunActivities records(String summary) {
    return LocalCalls.records(RunActivities.class, summary);
  }
}
