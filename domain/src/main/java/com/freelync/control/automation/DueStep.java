package com.freelync.control.automation;

import com.freelync.control.approval.Approval;
import com.freelync.control.condition.Judgement;
import com.freelync.control.database.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a step is due, and with which inputs: the stored definition is interpreted once more on
 * what the database knows (facts, recorded steps, people's answers). A run that was started by hand
 * with another definition gets nowhere: what people did not approve is not due.
 */
final class DueStep implements Effects {
  private static final ActionResult NOT_YET =
      new ActionResult.Failed("not_due", "it is not recorded as done", null);

  private final String path;
  private final Function<String, Optional<StepRow>> recorded;
  private final Supplier<List<Approval>> asked;
  private @Nullable Map<String, Object> input;

  private DueStep(
      String path, Function<String, Optional<StepRow>> recorded, Supplier<List<Approval>> asked) {
    this.path = path;
    this.recorded = recorded;
    this.asked = asked;
  }

  /**
   * The inputs of the action at a path; empty if the steps before it do not lead to it.
   *
   * @param recorded the recorded step at a path
   * @param asked the approvals that the run asked for
   */
  static Optional<Map<String, Object>> input(
      Definition definition,
      String path,
      Scope scope,
      Function<String, Optional<StepRow>> recorded,
      Supplier<List<Approval>> asked) {
    DueStep due = new DueStep(path, recorded, asked);
    try {
      new Interpreter(scope, due).run(definition.steps());
    } catch (NotDecided open) {
      return Optional.empty();
    }
    return Optional.ofNullable(due.input);
  }

  @Override
  public ActionResult perform(ActionCall call) {
    if (call.step().path().equals(path)) {
      input = call.input();
      return NOT_YET;
    }
    return recorded
        .apply(call.step().path())
        .filter(step -> step.status().equals("COMPLETED"))
        .<ActionResult>map(step -> new ActionResult.Done(Json.readObject(step.outputJson())))
        .orElse(NOT_YET);
  }

  @Override
  public ApprovalResult decide(Step.ApprovalStep step) {
    return asked.get().stream()
        .filter(approval -> approval.subjectKey().equals(step.path()))
        .findFirst()
        .filter(approval -> !approval.isWaiting())
        .map(DueStep::result)
        .orElseThrow(NotDecided::new);
  }

  private static ApprovalResult result(Approval approval) {
    return switch (approval.status()) {
      case APPROVED ->
          new ApprovalResult(true, "APPROVED", approval.decidedBy(), approval.outcomeInWords());
      case REJECTED, TIMED_OUT ->
          new ApprovalResult(false, "REJECTED", approval.decidedBy(), approval.outcomeInWords());
      case WAITING, WITHDRAWN -> throw new NotDecided();
    };
  }

  @Override
  public void judged(Step.IfStep step, Judgement judgement) {
    // The run records it.
  }

  @Override
  public void skipped(Step step, String reason) {
    // The run records it.
  }

  /** Ends the interpretation: nothing after an open question is due. */
  private static final class NotDecided extends RuntimeException {
    NotDecided() {
      super("people have not decided", null, false, false);
    }
  }
}
