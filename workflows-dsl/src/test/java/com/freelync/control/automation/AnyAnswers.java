package com.freelync.control.automation;

import com.freelync.control.condition.Judgement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Effects that answer at random, in every way in which a world may. */
final class AnyAnswers implements Effects {
  final List<String> calls = new ArrayList<>();
  final Interpreter interpreter = new Interpreter(this);
  final IllegalStateException cancelled = new IllegalStateException("cancelled");
  int asked;

  /** The paths of actions that were done, with how many calls there were until then. */
  final Map<String, Integer> done = new HashMap<>();

  private final Random random;
  private final boolean isCancelled;

  AnyAnswers(Random random, boolean isCancelled) {
    this.random = random;
    this.isCancelled = isCancelled;
  }

  private void ask(String call) {
    asked++;
    calls.add(call);
    if (isCancelled) {
      throw cancelled;
    }
  }

  @Override
  public ActionResult perform(ActionCall call) {
    ask(call.place() + " " + call.input() + " undone by " + call.compensations().size());
    return switch (random.nextInt(6)) {
      case 0 -> new ActionResult.Skipped("the limit is full");
      case 1 -> new ActionResult.Failed("refused", "no", null);
      case 2 -> new ActionResult.Rejected("people said no");
      default -> {
        done.put(call.place().path(), calls.size());
        yield new ActionResult.Done(output());
      }
    };
  }

  private static Map<String, Object> output() {
    Map<String, Object> output = new HashMap<>();
    output.put("y", List.of("a"));
    output.put("nothing", null);
    return output;
  }

  @Override
  public ApprovalResult decide(StepPlace place, Step.ApprovalStep step) {
    ask("approval " + place);
    Answer answer = Answer.values()[random.nextInt(Answer.values().length)];
    return new ApprovalResult(answer, List.of(), "");
  }

  @Override
  public void pause(StepPlace place, Step.WaitStep step, Until until) {
    ask("wait " + place + " " + until);
  }

  @Override
  public List<Optional<RunOutcome>> together(
      StepPlace place, List<Supplier<Optional<RunOutcome>>> branches) {
    return branches.stream().map(Supplier::get).toList();
  }

  @Override
  public Optional<RunOutcome> each(Loop loop) {
    if (!(loop.items() instanceof List<?> items)) {
      return Optional.empty();
    }
    List<RunOutcome> ends = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      // As a loop's own run has it.
      Scope scope =
          new Scope(
              Map.of(),
              Map.of(),
              ResultUse.of(loop.step().steps(), loop.scope().results()),
              loop.scope().words());
      interpreter
          .item(loop.step(), scope, loop.place().numbered(i), items.get(i))
          .ifPresent(ends::add);
    }
    return Interpreter.firstOf(ends);
  }

  @Override
  public List<String> undo(StepPlace attempt) {
    ask("undo " + attempt);
    return random.nextBoolean() ? List.of() : List.of("one is left");
  }

  @Override
  public void judged(StepPlace place, Step.IfStep step, Judgement judgement) {
    calls.add("if " + place + " " + judgement.truth() + " " + judgement.reason());
  }

  @Override
  public void skipped(StepPlace place, Step step, String reason) {
    calls.add("skipped " + place);
  }

  @Override
  public void noted(StepPlace place, Step step, Map<String, Object> output) {
    calls.add("noted " + place + " " + output);
  }
}
