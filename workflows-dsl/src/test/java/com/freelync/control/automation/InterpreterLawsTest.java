package com.freelync.control.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.parse.DefinitionParser;
import com.freelync.control.parse.DefinitionPrinter;
import com.freelync.control.parse.GeneratedDefinitions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class InterpreterLawsTest {
  @Property(tries = 1_000)
  @Label(
      "AU-4: whatever is defined, known and answered, a run has an outcome and never an exception")
  void alwaysHasAnOutcome(
      @ForAll("definitions") Definition definition,
      @ForAll("data") Map<String, Object> facts,
      @ForAll("data") Map<String, Object> triggerData,
      @ForAll long seed) {
    assertThat(run(definition, facts, triggerData, new AnyAnswers(new Random(seed), false)))
        .isNotNull();
  }

  @Property(tries = 500)
  @Label("AU-13: a run that is cancelled ends with just that, out of any construct")
  void cancelledIsCancelled(
      @ForAll("definitions") Definition definition,
      @ForAll("data") Map<String, Object> triggerData,
      @ForAll long seed) {
    AnyAnswers answers = new AnyAnswers(new Random(seed), true);
    if (asksNothing(definition, triggerData, seed)) {
      assertThat(run(definition, Map.of(), triggerData, answers)).isNotNull();
    } else {
      assertThatThrownBy(() -> run(definition, Map.of(), triggerData, answers))
          .isSameAs(answers.cancelled);
    }
  }

  private static boolean asksNothing(
      Definition definition, Map<String, Object> triggerData, long seed) {
    AnyAnswers answers = new AnyAnswers(new Random(seed), false);
    run(definition, Map.of(), triggerData, answers);
    return answers.asked == 0;
  }

  @Property(tries = 300)
  @Label("AU-6: the same definition, facts and answers give the same calls in the same order")
  void sameAgain(
      @ForAll("definitions") Definition definition,
      @ForAll("data") Map<String, Object> triggerData,
      @ForAll long seed) {
    List<List<String>> calls = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      AnyAnswers answers = new AnyAnswers(new Random(seed), false);
      run(definition, Map.of(), triggerData, answers);
      calls.add(answers.calls);
    }
    assertThat(calls.getFirst()).isEqualTo(calls.getLast());
  }

  @Property(tries = 1_000)
  @Label("AU-6: once what is last by its place is done the run is COMPLETED, and nothing follows")
  void nothingFollowsTheLast(
      @ForAll("definitions") Definition definition,
      @ForAll("data") Map<String, Object> facts,
      @ForAll("data") Map<String, Object> triggerData,
      @ForAll long seed) {
    AnyAnswers answers = new AnyAnswers(new Random(seed), false);
    RunOutcome outcome = run(definition, facts, triggerData, answers);
    answers.done.forEach(
        (path, calls) -> {
          if (Steps.isLast(placed(definition).steps(), path)) {
            assertThat(outcome).isEqualTo(new RunOutcome.Completed());
            assertThat(answers.calls).hasSize(calls);
          }
        });
  }

  /** What was read knows its places. */
  private static Definition placed(Definition definition) {
    return ((DefinitionParser.Result.Parsed)
            DefinitionParser.parse(DefinitionPrinter.print(definition)))
        .definition();
  }

  private static RunOutcome run(
      Definition definition,
      Map<String, Object> facts,
      Map<String, Object> triggerData,
      AnyAnswers answers) {
    return answers.interpreter.run(placed(definition).steps(), new Scope(facts, triggerData));
  }

  @Provide
  Arbitrary<Definition> definitions() {
    return GeneratedDefinitions.any();
  }

  /** What is known, of any type, or null, or not at all. */
  @Provide
  Arbitrary<Map<String, Object>> data() {
    Map<String, Object> inner = new HashMap<>();
    inner.put("trust_score", null);
    Object[] values = {
      "a",
      "2026-03-01",
      "PT1S",
      "",
      new BigDecimal("5.00"),
      7L,
      1.5,
      true,
      inner,
      List.of(),
      List.of("a", 1, List.of("b")),
      Arrays.asList("a", null),
      null
    };
    return Arbitraries.maps(
            Arbitraries.of("amount", "seller", "x", "items", "at", "id", "payout_id"),
            Arbitraries.of(values).injectNull(0.1))
        .ofMaxSize(7)
        .map(HashMap::new);
  }
}
