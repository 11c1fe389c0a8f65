package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InterpreterTest {
  private final ToldEffects told = new ToldEffects();

  private RunOutcome run(String steps) {
    return told.run(steps, Map.of("amount", 7), Map.of("payout_id", "p1", "n", 3));
  }

  private static RunOutcome.Failed failed(String path, String type, String message) {
    return new RunOutcome.Failed(StepPlace.of(path), type, message, null);
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
  @DisplayName("AU-4 SE-4: what references make of a text is bounded; a null in a list is no harm")
  void boundsWhatReferencesMake() {
    Map<String, Object> data = Map.of("long", "x".repeat(40_000), "l", Arrays.asList(null, "b"));
    assertThat(told.run("- {action: first, with: {a: \"${trigger.l}\"}}\n", Map.of(), data))
        .isEqualTo(new RunOutcome.Completed());
    assertThat(
            told.run(
                "- {action: first, with: {a: \"${trigger.long} ${trigger.long}\"}}\n",
                Map.of(),
                data))
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class, end -> assertThat(end.type()).isEqualTo("too_long"));
  }

  @Test
  @DisplayName("AU-4: a failed step ends the run; nothing after it is done")
  void stopsAtAFailure() {
    assertThat(run("- {action: fail}\n- {action: second}\n"))
        .isEqualTo(failed("/steps/0", "refused", "no"));
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
        .isEqualTo(failed("/steps/0", "missing_reference", "${trigger.gone} is missing"));
    assertThat(told.calls).isEmpty();
  }

  @Test
  @DisplayName("AU-4: a rejected approval ends the run, unless the step says continue")
  void rejectionEndsTheRun() {
    told.answer = Effects.Answer.REJECTED;
    assertThat(run("- approval: {name: ask, slots: [[CFO]]}\n- {action: first}\n"))
        .isEqualTo(new RunOutcome.Rejected(StepPlace.of("/steps/0"), "because"));
    assertThat(
            run(
                """
                - approval: {name: ask, slots: [[CFO]], on_reject: continue}
                - {action: first, with: {a: "${steps.ask.outcome}"}}
                """))
        .isEqualTo(new RunOutcome.Completed());
    assertThat(told.calls).last().isEqualTo("first{a=REJECTED}");
  }

  @Test
  @DisplayName("AU-4: silence is a no, unless the definition says what else it is")
  void silenceIsANo() {
    told.answer = Effects.Answer.TIMED_OUT;
    assertThat(run("- approval: {name: ask, slots: [[CFO]], timeout: PT1H}\n"))
        .isInstanceOf(RunOutcome.Rejected.class);
    run(
        """
        - approval: {name: one, slots: [[CFO]], timeout: PT1H, on_timeout: approve}
        - approval: {name: two, slots: [[CFO]], timeout: PT1H, on_timeout: continue}
        - {action: first, with: {a: "${steps.one.outcome} ${steps.two.outcome}"}}
        """);
    assertThat(told.calls).last().isEqualTo("first{a=APPROVED TIMED_OUT}");
  }

  @Test
  @DisplayName("AU-4: branches go at the same time and do not see each other; after them all do")
  void branchesGoTogether() {
    assertThat(
            run(
                """
                - parallel:
                    - [{action: left, id: l}]
                    - [{wait: PT10M}, {action: right, id: r}]
                - {action: both, with: {a: "${steps.l.n}", b: "${steps.r.n}"}}
                """))
        .isEqualTo(new RunOutcome.Completed());
    assertThat(told.calls).containsExactly("left{}", "wait PT10M", "right{}", "both{a=1, b=3}");
  }

  @Test
  @DisplayName("AU-11: of branches that fail together, all are taken again by a retry")
  void allFailuresAreTakenAgain() {
    assertThat(run("- parallel: [[{action: fail}], [{action: ok}], [{action: fail}]]\n"))
        .isEqualTo(
            failed("/steps/0/parallel/0/0", "refused", "no")
                .withOpen(
                    List.of(
                        StepPlace.of("/steps/0/parallel/0/0"),
                        StepPlace.of("/steps/0/parallel/2/0"))));
    assertThat(told.calls).contains("ok{}");
  }

  @Test
  @DisplayName("AU-4: a loop takes each item; what its steps give is not seen after it")
  void loops() {
    assertThat(
            run(
                """
                - for_each:
                    id: all
                    items: [a, {b: 2}]
                    do: [{action: one, id: o, with: {x: "${item}"}}]
                - {action: after, with: {n: "${steps.all.count}"}}
                - {action: not, with: {n: "${steps.o.n}"}}
                """))
        .isEqualTo(failed("/steps/2", "missing_reference", "${steps.o.n} is missing"));
    assertThat(told.calls).containsExactly("one{x=a} 0", "one{x={b=2}} 1", "after{n=2}");
  }

  @Test
  @DisplayName("AU-4: loops within loops know their items by number")
  void loopsWithinLoops() {
    run(
        """
        - for_each:
            items: [[a, b], [c]]
            do: [{for_each: {items: "${item}", do: [{action: one, with: {x: "${item}"}}]}}]
        """);
    assertThat(told.calls).containsExactly("one{x=a} 0/0", "one{x=b} 0/1", "one{x=c} 1/0");
  }

  @Test
  @DisplayName("AU-4: what is no list is not looped over, and what is no time is not waited for")
  void refusesWhatDoesNotFit() {
    assertThat(run("- for_each: {items: \"${trigger.n}\", do: [{action: one}]}\n"))
        .isEqualTo(
            failed("/steps/0", "not_a_list", "for_each needs a list, and ${trigger.n} is none"));
    assertThat(run("- wait: \"${trigger.n}\"\n"))
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class, failed -> assertThat(failed.type()).isEqualTo("not_a_time"));
  }

  @Test
  @DisplayName("AU-4: a failure is handled, its handler knows it, and the end comes in any case")
  void handlesFailures() {
    assertThat(
            run(
                """
                - try: [{action: fail}, {action: never}]
                  id: t
                  catch: [{action: fallback, with: {why: "${error.message} at ${error.step}"}}]
                  finally: [{action: tidy}]
                - {action: after, with: {o: "${steps.t.outcome}"}}
                """))
        .isEqualTo(new RunOutcome.Completed());
    assertThat(told.calls)
        .containsExactly(
            "fail{}",
            "note /steps/0 FAILED",
            "fallback{why=no at /steps/0/try/0}",
            "tidy{}",
            "after{o=FAILED}");
  }

  @Test
  @DisplayName("AU-4: continue goes on as if nothing had failed; without it the failure goes on")
  void continues() {
    assertThat(run("- {try: [{action: fail}], on_error: continue}\n- {action: after}\n"))
        .isEqualTo(new RunOutcome.Completed());
    assertThat(run("- {try: [{action: fail}], finally: [{action: tidy}]}\n- {action: after}\n"))
        .isEqualTo(failed("/steps/0/try/0", "refused", "no"));
    assertThat(told.calls).last().isEqualTo("tidy{}");
  }

  @Test
  @DisplayName("AU-4: compensations are known before the call they undo, and run in reverse order")
  void compensates() {
    assertThat(
            run(
                """
                - try:
                    - {action: a, id: a, compensate: [{action: undo_a, with: {n: "${trigger.n}"}}]}
                    - {action: b, compensate: [{action: undo_b, with: {n: "${steps.a.n}"}}]}
                    - {action: fail, compensate: [undo_fail]}
                  on_error: compensate
                """))
        .isEqualTo(
            failed("/steps/0/try/2", "refused", "no")
                .withOpen(List.of(StepPlace.of("/steps/0"), StepPlace.of("/steps/0/try/2"))));
    assertThat(told.calls)
        .containsExactly("a{}", "b{}", "fail{}", "undo_fail{}", "undo_b{n=1}", "undo_a{n=3}");
  }

  @Test
  @DisplayName("AU-4: stop ends the run as it says, from within any block")
  void stops() {
    assertThat(
            run(
                """
                - try:
                    - if: {field: amount, operator: eq, value: 7}
                      then: [{stop: "seven, ${trigger.payout_id}"}]
                  catch: [{action: never}]
                  finally: [{action: tidy}]
                - {action: never}
                """))
        .isEqualTo(new RunOutcome.Completed("seven, p1"));
    assertThat(told.calls)
        .containsExactly("if HOLDS", "note /steps/0/try/0/then/0 COMPLETED", "tidy{}");
    assertThat(run("- stop: {outcome: failed, reason: enough}\n"))
        .isEqualTo(failed("/steps/0", "stopped", "enough"));
  }
}
