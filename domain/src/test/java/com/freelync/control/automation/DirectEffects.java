package com.freelync.control.automation;

import com.freelync.control.ControlCenter;
import com.freelync.control.approval.Approval;
import com.freelync.control.approval.ApprovalStatus;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.approval.Role;
import com.freelync.control.condition.Judgement;
import com.freelync.control.condition.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Effects on the real services, called as a durable run calls them, one after the other and without
 * Temporal. People approve whatever they are asked, and nobody waits.
 */
final class DirectEffects implements Effects {
  private static final Approver EVERYBODY =
      new Approver("ceo", Set.of(new Role("CEO"), new Role("CFO"), new Role("CTO")), "request-3");

  private final ControlCenter worker;
  private final ControlCenter people;
  private final RunStart start;
  private final Definition definition;
  private final Interpreter interpreter = new Interpreter(this);

  private DirectEffects(
      ControlCenter worker, ControlCenter people, RunStart start, Definition definition) {
    this.worker = worker;
    this.people = people;
    this.start = start;
    this.definition = definition;
  }

  /** Runs an execution to its end. */
  static RunOutcome run(ControlCenter worker, ControlCenter people, UUID execution) {
    RunStart start = worker.runs.start(execution).orElseThrow();
    Definition definition = StoredDefinitions.parse(start.document());
    worker.runs.begin(execution);
    DirectEffects effects = new DirectEffects(worker, people, start, definition);
    RunOutcome outcome =
        effects.interpreter.run(definition.steps(), new Scope(start.facts(), start.triggerData()));
    switch (outcome) {
      case RunOutcome.Completed end -> effects.finish("COMPLETED", end.reason());
      case RunOutcome.Rejected end -> effects.finish("REJECTED", end.reason());
      case RunOutcome.Failed end -> effects.finish("FAILED", end.message());
    }
    return outcome;
  }

  private void finish(String status, String reason) {
    worker.runs.finish(start.executionId(), status, reason, null);
  }

  @Override
  public ActionResult perform(ActionCall call) {
    RunSteps.Asked asked =
        new RunSteps.Asked(start.executionId(), call.place(), call.input(), 1, "nowhere");
    Attempt attempt = worker.runSteps.perform(asked);
    if (attempt instanceof Attempt.Begun) {
      attempt = worker.runSteps.performOutside(asked);
    }
    return switch (attempt) {
      case Attempt.Done done -> new ActionResult.Done(done.output());
      case Attempt.Refused refused ->
          new ActionResult.Failed(refused.code(), refused.reason(), null);
      case Attempt.Skipped skipped -> new ActionResult.Skipped(skipped.reason());
      case Attempt.Rejected rejected -> new ActionResult.Rejected(rejected.reason());
      default -> throw new AssertionError(call.place() + ": " + attempt);
    };
  }

  @Override
  public ApprovalResult decide(StepPlace place, Step.ApprovalStep step) {
    ask(place);
    people.executions.decide(start.executionId(), EVERYBODY, new NewWord(true, "yes", null));
    Approval decided = ask(place);
    if (decided.status() != ApprovalStatus.APPROVED) {
      throw new AssertionError(place + ": " + decided);
    }
    return new ApprovalResult(Answer.APPROVED, decided.decidedBy(), decided.outcomeInWords());
  }

  private Approval ask(StepPlace place) {
    return worker
        .runApprovals
        .ask(start.executionId(), place, "nowhere", Instant.now())
        .orElseThrow();
  }

  @Override
  public void pause(StepPlace place, Step.WaitStep step, Until until) {
    Instant end = worker.runNotes.waits(start.executionId(), place, until.from(Instant.now()));
    complete(place, "wait", Map.of("until", end.toString()));
  }

  @Override
  public List<Optional<RunOutcome>> together(
      StepPlace place, List<Supplier<Optional<RunOutcome>>> branches) {
    return branches.stream().map(Supplier::get).toList();
  }

  @Override
  public Optional<RunOutcome> each(Loop loop) {
    Optional<StoredList> stored = StoredList.of(loop.items());
    int count = stored.map(StoredList::count).orElseGet(() -> ((List<?>) loop.items()).size());
    int batch = loop.step().batch();
    worker.runNotes.loops(start.executionId(), loop.place(), count, batch);
    // As the loop's own run has it: no more than its steps refer to.
    Scope scope =
        new Scope(
            start.facts(),
            start.triggerData(),
            ResultUse.of(loop.step().steps(), loop.scope().results()),
            loop.scope().words());
    List<RunOutcome> ends = new ArrayList<>();
    for (int from = 0; from < count && ends.isEmpty(); from += batch) {
      int most = Math.min(batch, count - from);
      List<?> items =
          stored.isPresent()
              ? worker.runNotes.items(start.executionId(), stored.get(), from, most)
              : ((List<?>) loop.items()).subList(from, from + most);
      for (int i = 0; i < most; i++) {
        interpreter
            .item(loop.step(), scope, loop.place().numbered(from + i), items.get(i))
            .ifPresent(ends::add);
      }
    }
    Optional<RunOutcome> end = Interpreter.firstOf(ends);
    if (end.orElse(null) instanceof RunOutcome.Failed failed) {
      worker.runNotes.failed(start.executionId(), loop.place(), "for_each", LoopEnd.error(failed));
    } else {
      complete(loop.place(), "for_each", LoopEnd.output(count, end));
    }
    return end;
  }

  @Override
  public List<String> undo(StepPlace attempt) {
    StepPlace within = new StepPlace(attempt.path() + "/try", attempt.item());
    List<String> left = new ArrayList<>();
    Set<StepPlace> tried = new HashSet<>();
    for (List<StepPlace> next = undoing(within); !next.isEmpty(); next = undoing(within)) {
      for (StepPlace place : next) {
        if (!tried.add(place)) {
          throw new AssertionError(place + " is undone without end");
        }
        Step.ActionStep step =
            (Step.ActionStep) Steps.find(definition.steps(), place.path()).orElseThrow();
        if (perform(new ActionCall(place, step, Map.of(), List.of()))
            instanceof ActionResult.Failed failed) {
          left.add(step.action() + ": " + failed.message());
        }
      }
    }
    return left;
  }

  private List<StepPlace> undoing(StepPlace within) {
    return worker.undoing.next(start.executionId(), within);
  }

  @Override
  public void judged(StepPlace place, Step.IfStep step, Judgement judgement) {
    worker.runNotes.judged(
        start.executionId(), place, judgement.truth() == Truth.HOLDS, Findings.of(judgement));
  }

  @Override
  public void skipped(StepPlace place, Step step, String reason) {
    worker.runNotes.skipped(start.executionId(), place, Steps.kind(step), reason);
  }

  @Override
  public void noted(StepPlace place, Step step, Map<String, Object> output) {
    complete(place, Steps.kind(step), output);
  }

  private void complete(StepPlace place, String construct, Map<String, Object> output) {
    worker.runNotes.completed(start.executionId(), place, construct, output);
  }
}
