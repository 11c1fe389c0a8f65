package com.freelync.control.automation;

import com.freelync.control.condition.Judgement;
import com.freelync.control.parse.DefinitionParser;
import com.freelync.control.parse.Document;
import com.freelync.control.parse.Document.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Effects that write down what they are asked, and answer as they are told. */
final class ToldEffects implements Effects {
  final List<String> calls = new ArrayList<>();
  final List<ActionCall> registered = new ArrayList<>();
  Answer answer = Answer.APPROVED;
  private final Interpreter interpreter = new Interpreter(this);

  /** Runs steps that are written in YAML. */
  RunOutcome run(String steps, Map<String, Object> facts, Map<String, Object> triggerData) {
    String yaml = "name: x\ntrigger: manual\nsteps:\n" + steps.indent(2);
    DefinitionParser.Result result = Document.parse(yaml, Format.YAML);
    return interpreter.run(
        ((DefinitionParser.Result.Parsed) result).definition().steps(),
        new Scope(facts, triggerData));
  }

  @Override
  public ActionResult perform(ActionCall call) {
    registered.add(call);
    String item = call.place().item();
    calls.add(call.step().action() + call.input() + (item.isEmpty() ? "" : " " + item));
    return call.step().action().equals("fail")
        ? new ActionResult.Failed("refused", "no", null)
        : new ActionResult.Done(Map.of("n", calls.size()));
  }

  @Override
  public ApprovalResult decide(StepPlace place, Step.ApprovalStep step) {
    calls.add("approval " + step.name());
    return new ApprovalResult(answer, List.of("cfo"), "because");
  }

  @Override
  public void pause(StepPlace place, Step.WaitStep step, Until until) {
    calls.add("wait " + step.until());
  }

  @Override
  public List<Optional<RunOutcome>> together(
      StepPlace place, List<Supplier<Optional<RunOutcome>>> branches) {
    return branches.stream().map(Supplier::get).toList();
  }

  @Override
  public Optional<RunOutcome> each(Loop loop) {
    List<RunOutcome> ends = new ArrayList<>();
    List<?> items = (List<?>) loop.items();
    for (int i = 0; i < items.size(); i++) {
      String item = loop.place().numbered(i);
      interpreter.item(loop.step(), loop.scope(), item, items.get(i)).ifPresent(ends::add);
    }
    return Interpreter.firstOf(ends);
  }

  @Override
  public List<String> undo(StepPlace attempt) {
    registered.reversed().stream()
        .filter(call -> call.place().path().startsWith(attempt.path() + "/try/"))
        .flatMap(call -> call.compensations().stream())
        .toList()
        .forEach(this::perform);
    return List.of();
  }

  @Override
  public void judged(StepPlace place, Step.IfStep step, Judgement judgement) {
    calls.add("if " + judgement.truth());
  }

  @Override
  public void skipped(StepPlace place, Step step, String reason) {
    calls.add("skip " + place);
  }

  @Override
  public void noted(StepPlace place, Step step, Map<String, Object> output) {
    calls.add("note " + place + " " + output.get("outcome"));
  }
}
