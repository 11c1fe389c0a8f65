package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.condition.Judgement;
import com.freelync.control.parse.DefinitionParser;
import com.freelync.control.parse.Document;
import com.freelync.control.parse.Document.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InterpreterTest {
  /** Effects that write down what they are asked, and answer as they are told. */
  private static final class Told implements Effects {
    final List<String> calls = new ArrayList<>();
    boolean approves = true;

    @Override
    public ActionResult perform(ActionCall call) {
      calls.add(call.step().action() + call.input());
      return call.step().action().equals("fail")
          ? new ActionResult.Failed("refused", "no", null)
          : new ActionResult.Done(Map.of("n", calls.size()));
    }

    @Override
    public ApprovalResult decide(Step.ApprovalStep step) {
      calls.add("approval " + step.name());
      return new ApprovalResult(
          approves, approves ? "APPROVED" : "REJECTED", List.of("cfo"), "because");
    }

    @Override
    public void judged(Step.IfStep step, Judgement judgement) {
      calls.add("if " + judgement.truth());
    }

    @Override
    public void skipped(Step step, String reason) {
      calls.add("skip " + step.path());
    }
  }

  private final Told told = new Told();

  private RunOutcome run(String steps) {
    String yaml = "name: x\ntrigger: manual\nsteps:\n" + steps.indent(2);
    Definition definition =
        ((DefinitionParser.Result.Parsed) Document.parse(yaml, Format.YAML)).definition();
    Scope scope = new Scope(Map.of("amount", 7), Map.of("payout_id", "p1", "n", 3));
    return new Interpreter(scope, told).run(definition.steps());
  }

  @Test
  @DisplayName("AU-4: steps in sequence; an output is a later step's input, of its own type")
  void passesOutputsOn() {
    RunOutcome outcome =
        run(
            """
            - {action: first, id: one, with: {a: "${trigger.n}", b: "p is ${trigger.payout_id}"}}
            - {action: second, with: {c: "${steps.one.n}"}}
            """);
    assertThat(outcome).isEqualTo(new RunOutcome.Completed());
    assertThat(told.calls).containsExactly("first{a=3, b=p is p1}", "second{c=1}");
  }

  @Test
  @DisplayName("AU-4: a failed step ends the run; nothing after it is done")
  void stopsAtAFailure() {
    assertThat(run("- {action: fail}\n- {action: second}\n"))
        .isEqualTo(new RunOutcome.Failed("/steps/0", "refused", "no", null));
    assertThat(told.calls).hasSize(1);
  }

  @Test
  @DisplayName("AU-4: one branch is taken and the other is said to be skipped")
  void takesOneBranch() {
    run(
        """
        - if: {field: amount, operator: gt, value: 10}
          then: [{action: big}]
          else: [{action: small}]
        """);
    assertThat(told.calls).containsExactly("if FAILS", "skip /steps/0/then/0", "small{}");
  }

  @Test
  @DisplayName("AU-3: a condition within the run that cannot be decided fails it")
  void neverGuesses() {
    assertThat(
            run(
                """
                - if: {field: trigger.gone, operator: eq, value: 1}
                  then: [{action: big}]
                """))
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class,
            failed -> assertThat(failed.type()).isEqualTo("undecided_condition"));
  }

  @Test
  @DisplayName("AU-4: a reference that leads nowhere fails the run instead of passing nothing on")
  void failsOnMissingReferences() {
    assertThat(run("- {action: first, with: {a: \"${trigger.gone}\"}}\n"))
        .isEqualTo(
            new RunOutcome.Failed(
                "/steps/0", "missing_reference", "${trigger.gone} is missing", null));
    assertThat(told.calls).isEmpty();
  }

  @Test
  @DisplayName("AU-4: a rejected approval ends the run, unless the step says continue")
  void rejectionEndsTheRun() {
    told.approves = false;
    assertThat(run("- approval: {name: ask, slots: [[CFO]]}\n- {action: first}\n"))
        .isEqualTo(new RunOutcome.Rejected("/steps/0", "because"));
    assertThat(
            run(
                """
                - approval: {name: ask, slots: [[CFO]], on_reject: continue}
                - {action: first, with: {a: "${steps.ask.outcome}"}}
                """))
        .isEqualTo(new RunOutcome.Completed());
    assertThat(told.calls).last().isEqualTo("first{a=REJECTED}");
  }
}
