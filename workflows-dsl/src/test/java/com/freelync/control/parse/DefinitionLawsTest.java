package com.freelync.control.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.automation.Definition;
import com.freelync.control.automation.Mode;
import com.freelync.control.automation.OnLimit;
import com.freelync.control.automation.Retry;
import com.freelync.control.automation.Step;
import com.freelync.control.automation.Trigger;
import com.freelync.control.condition.Condition;
import com.freelync.control.condition.Operator;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DefinitionLawsTest {
  @Property(tries = 300)
  @Label("AU-1: what is printed parses to what prints the same")
  void roundTrips(@ForAll("definitions") Definition definition) {
    Map<String, Object> printed = DefinitionPrinter.print(definition);
    DefinitionParser.Result result = DefinitionParser.parse(printed);
    assertThat(result).isInstanceOf(DefinitionParser.Result.Parsed.class);
    Definition parsed = ((DefinitionParser.Result.Parsed) result).definition();
    assertThat(DefinitionPrinter.print(parsed)).isEqualTo(printed);
  }

  @Property(tries = 500)
  @Label("SE-4: any document is read or refused, never an exception")
  void neverThrows(@ForAll("documents") Map<String, Object> document) {
    assertThat(DefinitionParser.parse(document)).isNotNull();
  }

  @Property(tries = 500)
  @Label("SE-4: any text is read or refused, never an exception")
  void neverThrowsOnText(@ForAll String text) {
    assertThat(Document.parse(text, Document.Format.JSON)).isNotNull();
    assertThat(Document.parse(text, Document.Format.YAML)).isNotNull();
  }

  @Provide
  Arbitrary<Definition> definitions() {
    return Combinators.combine(conditions(3), steps(2))
        .as(
            (condition, steps) ->
                new Definition(
                    "generated",
                    null,
                    new Trigger.Event("payout.requested"),
                    condition,
                    new Mode.Parallel(3),
                    OnLimit.SKIP,
                    steps));
  }

  private static Arbitrary<Condition> conditions(int depth) {
    Arbitrary<Condition> comparison =
        Combinators.combine(
                Arbitraries.of("amount", "seller.trust_score", "trigger.x"),
                Arbitraries.of(Operator.LTE, Operator.EQ, Operator.GT),
                Arbitraries.bigDecimals().ofScale(2).between(BigDecimal.ZERO, BigDecimal.TEN))
            .as(Condition.Comparison::new);
    if (depth == 0) {
      return comparison;
    }
    Arbitrary<List<Condition>> parts = conditions(depth - 1).list().ofMinSize(1).ofMaxSize(3);
    return Arbitraries.oneOf(
        comparison,
        parts.map(Condition.All::new),
        parts.map(Condition.Any::new),
        conditions(depth - 1).map(Condition.Not::new));
  }

  private static Arbitrary<List<Step>> steps(int depth) {
    Arbitrary<Step> action =
        Arbitraries.of("approve_payout", "reject_payout")
            .map(
                name ->
                    new Step.ActionStep(
                        "",
                        null,
                        name,
                        Map.of("payout_id", "${trigger.id}"),
                        new Retry(1, Duration.ofSeconds(2), 150)));
    Arbitrary<Step> step =
        depth == 0
            ? action
            : Arbitraries.oneOf(
                action,
                Combinators.combine(conditions(1), steps(depth - 1), steps(depth - 1))
                    .as((when, then, otherwise) -> new Step.IfStep("", when, then, otherwise)));
    return step.list().ofMinSize(1).ofMaxSize(3);
  }

  @Provide
  Arbitrary<Map<String, Object>> documents() {
    Arbitrary<String> keys =
        Arbitraries.of(
            "name",
            "trigger",
            "conditions",
            "actions",
            "steps",
            "mode",
            "on_limit",
            "if",
            "then",
            "action",
            "with",
            "field",
            "operator",
            "value",
            "all",
            "any",
            "not",
            "approval",
            "slots",
            "cron",
            "event",
            "x");
    return Arbitraries.maps(keys, values(keys, 3)).ofMaxSize(6);
  }

  private static Arbitrary<Object> values(Arbitrary<String> keys, int depth) {
    Arbitrary<Object> scalar =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12).map(text -> (Object) text),
            Arbitraries.of("manual", "cron: * * * * *", "event: a.b", "eq", "between", "PT1H"),
            Arbitraries.integers().map(number -> (Object) number),
            Arbitraries.of(true, false));
    if (depth == 0) {
      return scalar;
    }
    return Arbitraries.oneOf(
        scalar,
        values(keys, depth - 1).list().ofMaxSize(3).map(list -> (Object) list),
        Arbitraries.maps(keys, values(keys, depth - 1)).ofMaxSize(4).map(map -> (Object) map));
  }
}
