package com.freelync.control.automation;

import com.freelync.control.automation.Effects.ActionCall;
import com.freelync.control.automation.Effects.ActionResult;
import com.freelync.control.automation.Effects.Answer;
import com.freelync.control.automation.Effects.ApprovalResult;
import com.freelync.control.automation.Effects.Loop;
import com.freelync.control.automation.Step.ActionStep;
import com.freelync.control.automation.Step.ApprovalStep;
import com.freelync.control.automation.Step.ForEachStep;
import com.freelync.control.automation.Step.IfStep;
import com.freelync.control.automation.Step.ParallelStep;
import com.freelync.control.automation.Step.StopStep;
import com.freelync.control.automation.Step.TryStep;
import com.freelync.control.automation.Step.WaitStep;
import com.freelync.control.condition.Judge;
import com.freelync.control.condition.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of a definition. It has no clock, no randomness and no I/O, so the same
 * definition, facts and answers of {@link Effects} always give the same calls in the same order.
 */
public final class Interpreter {
  private final Effects effects;

  /** An interpreter that reaches the world through these. */
  public Interpreter(Effects effects) {
    this.effects = effects;
  }

  /** Takes the steps in order until the end or the first that ends the run. */
  public RunOutcome run(List<Step> steps, Scope scope) {
    return sequence(steps, new Level(scope, "")).orElseGet(RunOutcome.Completed::new);
  }

  /**
   * Takes the steps of a loop for one item; empty if nothing ended the run.
   *
   * @param scope what the loop sees
   * @param item the item's number, after those of the loops around it
   */
  public Optional<RunOutcome> item(
      ForEachStep loop, Scope scope, String item, @Nullable Object value) {
    return sequence(loop.steps(), new Level(scope.withItem(value), item));
  }

  /** Where the interpreter is: what is seen there, and in which items of which loops. */
  private record Level(Scope scope, String item) {
    StepPlace place(Step step) {
      return new StepPlace(step.path(), item);
    }

    Level in(Scope inner) {
      return new Level(inner, item);
    }
  }

  private Optional<RunOutcome> sequence(List<Step> steps, Level level) {
    for (Step step : steps) {
      Optional<RunOutcome> end = take(step, level);
      if (end.isPresent()) {
        return end;
      }
    }
    return Optional.empty();
  }

  private Optional<RunOutcome> take(Step step, Level level) {
    try {
      return switch (step) {
        case ActionStep action -> perform(action, level);
        case IfStep branch -> choose(branch, level);
        case ParallelStep parallel -> together(parallel, level);
        case ForEachStep loop -> each(loop, level);
        case WaitStep pause -> pause(pause, level);
        case ApprovalStep approval -> decide(approval, level);
        case TryStep attempt -> attempt(attempt, level);
        case StopStep stop -> stop(stop, level);
      };
    } catch (Template.MissingReference e) {
      return failed(step, level, "missing_reference", String.valueOf(e.getMessage()));
    } catch (Template.TooLong e) {
      return failed(step, level, "too_long", String.valueOf(e.getMessage()));
    }
  }

  private Optional<RunOutcome> perform(ActionStep step, Level level) {
    return switch (effects.perform(call(step, level))) {
      case ActionResult.Done done -> {
        result(step.id(), done.output(), level);
        yield Optional.empty();
      }
      case ActionResult.Skipped skipped -> {
        result(step.id(), Map.of("skipped", true, "reason", skipped.reason()), level);
        yield Optional.empty();
      }
      case ActionResult.Failed failed ->
          Optional.of(
              new RunOutcome.Failed(
                  level.place(step), failed.type(), failed.message(), failed.stackTrace()));
      case ActionResult.Rejected rejected ->
          Optional.of(new RunOutcome.Rejected(level.place(step), rejected.reason()));
    };
  }

  /** What undoes it is known in whole before it is called. */
  private static ActionCall call(ActionStep step, Level level) {
    return new ActionCall(
        level.place(step),
        step,
        Template.resolve(step.with(), level.scope()),
        step.compensate().stream().map(undo -> call(undo, level)).toList());
  }

  private static void result(@Nullable String id, Map<String, Object> output, Level level) {
    if (id != null) {
      level.scope().put(id, output);
    }
  }

  private Optional<RunOutcome> choose(IfStep step, Level level) {
    Judgement judgement = Judge.judge(step.when(), level.scope());
    effects.judged(level.place(step), step, judgement);
    return switch (judgement.truth()) {
      case HOLDS -> {
        skip(step.otherwise(), judgement, level);
        yield sequence(step.then(), level);
      }
      case FAILS -> {
        skip(step.then(), judgement, level);
        yield sequence(step.otherwise(), level);
      }
      case UNDECIDED -> failed(step, level, "undecided_condition", judgement.reason());
    };
  }

  private void skip(List<Step> steps, Judgement judgement, Level level) {
    steps.forEach(step -> effects.skipped(level.place(step), step, judgement.reason()));
  }

  /**
   * What has begun is finished: the first branch in the order written that ended the run counts.
   */
  private Optional<RunOutcome> together(ParallelStep step, Level level) {
    List<Level> levels =
        step.branches().stream().map(branch -> level.in(level.scope().within())).toList();
    List<Supplier<Optional<RunOutcome>>> branches = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      List<Step> steps = step.branches().get(i);
      Level inner = levels.get(i);
      branches.add(() -> sequence(steps, inner));
    }
    List<Optional<RunOutcome>> ends = effects.together(level.place(step), branches);
    levels.forEach(inner -> level.scope().takeOver(inner.scope()));
    return firstOf(ends.stream().flatMap(Optional::stream).toList());
  }

  /** Of several ends the first; of several failures all are to be taken again. */
  public static Optional<RunOutcome> firstOf(List<RunOutcome> ends) {
    List<StepPlace> open =
        ends.stream()
            .filter(RunOutcome.Failed.class::isInstance)
            .flatMap(end -> ((RunOutcome.Failed) end).open().stream())
            .toList();
    return ends.stream()
        .findFirst()
        .map(first -> first instanceof RunOutcome.Failed failed ? failed.withOpen(open) : first);
  }

  private Optional<RunOutcome> each(ForEachStep step, Level level) {
    Object items = Template.resolve(step.items(), level.scope());
    // Only a step gives one: what a trigger says is never believed to name a list of ours.
    Optional<StoredList> stored =
        step.items() instanceof String text && text.startsWith("${steps.")
            ? StoredList.of(items)
            : Optional.empty();
    if (stored.isEmpty() && !(items instanceof List)) {
      return failed(
          step, level, "not_a_list", "for_each needs a list, and " + step.items() + " is none");
    }
    Optional<RunOutcome> end =
        effects.each(new Loop(level.place(step), step, items, level.scope()));
    if (end.isEmpty()) {
      int count = stored.map(StoredList::count).orElseGet(() -> ((List<?>) items).size());
      result(step.id(), Map.of("count", count), level);
    }
    return end;
  }

  private Optional<RunOutcome> pause(WaitStep step, Level level) {
    Object value = Template.resolve(step.until(), level.scope());
    Optional<Until> until = Until.parse(value);
    if (until.isEmpty()) {
      return failed(
          step,
          level,
          "not_a_time",
          value + " is neither a duration such as PT10M nor an RFC 3339 time");
    }
    effects.pause(level.place(step), step, until.get());
    return Optional.empty();
  }

  private Optional<RunOutcome> decide(ApprovalStep step, Level level) {
    ApprovalResult result = effects.decide(level.place(step), step);
    Answer answer =
        result.answer() != Answer.TIMED_OUT
            ? result.answer()
            : switch (step.onTimeout()) {
              case REJECT -> Answer.REJECTED;
              case APPROVE -> Answer.APPROVED;
              case CONTINUE -> Answer.TIMED_OUT;
            };
    level
        .scope()
        .put(step.name(), new ApprovalResult(answer, result.by(), result.comment()).asResult());
    return answer == Answer.REJECTED && !step.continueOnReject()
        ? Optional.of(new RunOutcome.Rejected(level.place(step), result.comment()))
        : Optional.empty();
  }

  private Optional<RunOutcome> attempt(TryStep step, Level level) {
    Level inner = level.in(level.scope().within());
    Optional<RunOutcome> end = sequence(step.body(), inner);
    if (end.isPresent() && end.get() instanceof RunOutcome.Failed failed) {
      end = handle(step, failed, level);
    } else {
      level.scope().takeOver(inner.scope());
      result(step.id(), Map.of("outcome", "COMPLETED"), level);
    }
    // However it ended: an end of its own counts only where there was none before.
    Optional<RunOutcome> last = sequence(step.last(), level.in(level.scope().within()));
    return end.isPresent() ? end : last;
  }

  private Optional<RunOutcome> handle(TryStep step, RunOutcome.Failed failed, Level level) {
    RunOutcome.Failed ended = failed;
    if (step.onError() == Step.OnError.COMPENSATE) {
      ended = undone(step, failed, level);
    }
    boolean isHandled = step.onError() == Step.OnError.CONTINUE || !step.handler().isEmpty();
    if (!isHandled) {
      return Optional.of(ended);
    }
    Map<String, Object> outcome = Map.of("outcome", "FAILED", "error", ended.asResult());
    effects.noted(level.place(step), step, outcome);
    result(step.id(), outcome, level);
    return sequence(step.handler(), level.in(level.scope().withError(ended)));
  }

  /** What was undone is taken again as a whole when the run is retried. */
  private RunOutcome.Failed undone(TryStep step, RunOutcome.Failed failed, Level level) {
    List<String> left = effects.undo(level.place(step));
    String message =
        left.isEmpty()
            ? failed.message()
            : failed.message() + "; not undone: " + String.join("; ", left);
    List<StepPlace> open = new ArrayList<>();
    open.add(level.place(step));
    open.addAll(failed.open());
    return new RunOutcome.Failed(failed.place(), failed.type(), message, failed.stackTrace(), open);
  }

  private Optional<RunOutcome> stop(StopStep step, Level level) {
    String reason = String.valueOf(Template.resolve(step.reason(), level.scope()));
    effects.noted(
        level.place(step), step, Map.of("outcome", step.outcome().name(), "reason", reason));
    return Optional.of(
        switch (step.outcome()) {
          case COMPLETED -> new RunOutcome.Completed(reason);
          case FAILED -> new RunOutcome.Failed(level.place(step), "stopped", reason, null);
        });
  }

  private static Optional<RunOutcome> failed(Step step, Level level, String type, String message) {
    return Optional.of(new RunOutcome.Failed(level.place(step), type, message, null));
  }
}
