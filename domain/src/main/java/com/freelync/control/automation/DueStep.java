package com.freelync.control.automation;

import com.freelync.control.approval.Approval;
import com.freelync.control.condition.Judgement;
import com.freelync.control.database.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a step is due, and with which inputs: the stored definition is interpreted once more on
 * what the database knows (facts, recorded steps, people's answers). A run that was started by hand
 * with another definition gets nowhere: what people did not approve is not due.
 */
final class DueStep implements Effects {
  private final StepPlace target;
  private final RecordedRun recorded;
  private final boolean undoes;
  private final Interpreter interpreter = new Interpreter(this);
  private @Nullable Due undoing;
  private boolean isApproved;

  private DueStep(StepPlace target, RecordedRun recorded, boolean undoes) {
    this.target = target;
    this.recorded = recorded;
    this.undoes = undoes;
  }

  /**
   * A step that is due.
   *
   * @param isApproved whether people approved something in this run on the way to it
   */
  record Due(Map<String, Object> input, boolean isApproved) {}

  /**
   * The step at a place, if the steps before it lead to it.
   *
   * @param undoes whether the run is being undone as a whole: then whatever undoes a step that was
   *     called is due, and nothing else
   */
  static Optional<Due> find(
      Definition definition, StepPlace target, Scope scope, RecordedRun recorded, boolean undoes) {
    DueStep search = new DueStep(target, recorded, undoes);
    try {
      search.interpreter.run(definition.steps(), scope);
    } catch (Found found) {
      return Optional.of(found.due);
    } catch (NotDecided open) {
      // Nothing after an open question is due.
    }
    return undoes ? Optional.ofNullable(search.undoing) : Optional.empty();
  }

  @Override
  public ActionResult perform(ActionCall call) {
    if (call.place().equals(target) && undoes) {
      throw new NotDecided("the run is cancelled");
    }
    if (call.place().equals(target)) {
      throw new Found(new Due(call.input(), isApproved));
    }
    Optional<StepRow> row = recorded.step(call.place());
    call.compensations().stream()
        .filter(undo -> undo.place().equals(target) && row.isPresent())
        .forEach(undo -> undoing = new Due(undo.input(), isApproved));
    StepRow step = row.orElseThrow(NotDecided::new);
    return switch (step.status()) {
      case "COMPLETED" -> new ActionResult.Done(Json.readObject(step.outputJson()));
      case "SKIPPED" -> {
        String reason = String.valueOf(error(step).getOrDefault("reason", ""));
        yield error(step).containsKey(StepRecord.REJECTED)
            ? new ActionResult.Rejected(reason)
            : new ActionResult.Skipped(reason);
      }
      case "FAILED" ->
          new ActionResult.Failed(
              String.valueOf(error(step).get("type")),
              String.valueOf(error(step).get("message")),
              null);
      default -> throw new NotDecided();
    };
  }

  private static Map<String, Object> error(StepRow step) {
    return Json.readObject(step.errorJson());
  }

  @Override
  public ApprovalResult decide(StepPlace place, Step.ApprovalStep step) {
    ApprovalResult result =
        recorded
            .approval(place)
            .filter(approval -> !approval.isWaiting())
            .map(DueStep::result)
            .orElseThrow(NotDecided::new);
    isApproved |= result.answer() == Answer.APPROVED;
    return result;
  }

  private static ApprovalResult result(Approval approval) {
    Answer answer =
        switch (approval.status()) {
          case APPROVED -> Answer.APPROVED;
          case REJECTED -> Answer.REJECTED;
          case TIMED_OUT -> Answer.TIMED_OUT;
          case WAITING, WITHDRAWN -> throw new NotDecided();
        };
    return new ApprovalResult(answer, approval.decidedBy(), approval.outcomeInWords());
  }

  @Override
  public void pause(StepPlace place, Step.WaitStep step, Until until) {
    requireCompleted(place);
  }

  private void requireCompleted(StepPlace place) {
    if (recorded.step(place).filter(step -> step.status().equals("COMPLETED")).isEmpty()) {
      throw new NotDecided();
    }
  }

  /** Of branches that go at the same time, one does not wait for the others. */
  @Override
  public List<Optional<RunOutcome>> together(
      StepPlace place, List<Supplier<Optional<RunOutcome>>> branches) {
    for (int i = 0; i < branches.size(); i++) {
      StepPlace branch = new StepPlace(place.path() + "/parallel/" + i, place.item());
      if (branch.holds(target)) {
        seek(branches.get(i));
      }
    }
    return branches.stream().map(Supplier::get).toList();
  }

  /**
   * Goes the one way that leads to the step. What undoes a step may be due although that way has
   * come to its end: where the block around it failed.
   */
  private void seek(Supplier<Optional<RunOutcome>> way) {
    try {
      Optional<RunOutcome> end = way.get();
      if (undoing == null) {
        throw new NotDecided(
            end.map(ended -> "it ended before").orElse("it went on without coming there"));
      }
    } catch (NotDecided open) {
      if (undoing == null) {
        throw open;
      }
    }
  }

  /** Of a loop that is not over, one item does not wait for the others. */
  @Override
  public Optional<RunOutcome> each(Loop loop) {
    StepPlace place = loop.place();
    if (place.holds(target)) {
      int index = index(place.item(), target.item());
      Object item = recorded.item(loop.items(), index);
      seek(() -> interpreter.item(loop.step(), loop.scope(), place.numbered(index), item));
    }
    StepRow row = recorded.step(place).orElseThrow(NotDecided::new);
    return switch (row.status()) {
      case "COMPLETED" -> LoopEnd.read(place, Json.readObject(row.outputJson()));
      case "FAILED" -> Optional.of(LoopEnd.failed(place, error(row)));
      default -> throw new NotDecided();
    };
  }

  private static int index(String outer, String item) {
    String rest =
        outer.isEmpty() ? item : item.substring(Math.min(item.length(), outer.length() + 1));
    int slash = rest.indexOf('/');
    String number = slash < 0 ? rest : rest.substring(0, slash);
    if (!number.matches("\\d{1,6}")) {
      throw new NotDecided();
    }
    return Integer.parseInt(number);
  }

  @Override
  public List<String> undo(StepPlace attempt) {
    if (undoing != null && new StepPlace(attempt.path() + "/try", attempt.item()).holds(target)) {
      throw new Found(undoing);
    }
    return List.of();
  }

  @Override
  public void judged(StepPlace place, Step.IfStep step, Judgement judgement) {
    // The run records it.
  }

  @Override
  public void skipped(StepPlace place, Step step, String reason) {
    // The run records it.
  }

  @Override
  public void noted(StepPlace place, Step step, Map<String, Object> output) {
    // The run records it.
  }

  /** Ends the interpretation: nothing after an open question is due. */
  static final class NotDecided extends RuntimeException {
    NotDecided() {
      this("it is not decided yet");
    }

    NotDecided(String why) {
      super(why, null, false, false);
    }
  }

  /** Ends the interpretation: the step is due. */
  private static final class Found extends RuntimeException {
    private final transient Due due;

    Found(Due due) {
      super("it is due", null, false, false);
      this.due = due;
    }
  }
}
