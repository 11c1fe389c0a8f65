package com.freelync.control.parse;

import com.freelync.control.approval.Slot;
import com.freelync.control.automation.ActionLimits;
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
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Definitions of every construct, nested. Their steps know no places: parsing gives them some. */
public final class GeneratedDefinitions {
  private static final String NO_PLACE = "";

  private GeneratedDefinitions() {}

  /** Any of them. */
  public static Arbitrary<Definition> any() {
    return Combinators.combine(
            triggers(),
            conditions(3),
            modes(),
            Arbitraries.of(OnLimit.values()),
            limits(),
            steps(3))
        .as(
            (trigger, condition, mode, onLimit, limits, steps) ->
                new Definition(
                    "generated", null, trigger, condition, mode, onLimit, limits, steps));
  }

  private static Arbitrary<Trigger> triggers() {
    return Arbitraries.of(
        new Trigger.Event("payout.requested"),
        new Trigger.Manual(),
        new Trigger.Cron("0 8 * * *", ZoneId.of("Africa/Addis_Ababa")),
        new Trigger.Cron("*/5 * * * 1", ZoneId.of("Europe/Berlin")),
        new Trigger.StateChange("payout", "status", null, "FAILED"),
        new Trigger.StateChange("payout", "status", "REQUESTED", "REJECTED"));
  }

  private static Arbitrary<Mode> modes() {
    return Arbitraries.of(
        Mode.standard(),
        new Mode.Single(),
        new Mode.Queued(),
        new Mode.Restart(),
        new Mode.Parallel(3));
  }

  private static Arbitrary<TreeMap<String, ActionLimits>> limits() {
    return Arbitraries.of(
        new TreeMap<>(),
        new TreeMap<>(
            Map.of("approve_payout", new ActionLimits(5, null, new BigDecimal("1000.5")))));
  }

  static Arbitrary<Condition> conditions(int depth) {
    Arbitrary<Condition> comparison = Arbitraries.oneOf(numeric(), anyKind());
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

  private static Arbitrary<Condition> numeric() {
    return Combinators.combine(
            fields(),
            Arbitraries.of(Operator.LTE, Operator.EQ, Operator.GT),
            Arbitraries.bigDecimals().ofScale(2).between(BigDecimal.ZERO, BigDecimal.TEN))
        .as(Condition.Comparison::new);
  }

  /** Each operator, on whatever is there. */
  private static Arbitrary<Condition> anyKind() {
    return Combinators.combine(
            fields(),
            Arbitraries.of(
                Map.entry(Operator.CONTAINS, "a"),
                Map.entry(Operator.CONTAINS, BigDecimal.ONE),
                Map.entry(Operator.NE, true),
                Map.entry(Operator.IN, List.of("a", BigDecimal.ONE)),
                Map.entry(Operator.NOT_IN, List.of("a", "b")),
                Map.entry(Operator.BETWEEN, List.of(BigDecimal.ZERO, BigDecimal.TEN)),
                Map.entry(Operator.BETWEEN, List.of("2026-01-01", "2026-12-31")),
                Map.entry(Operator.LT, "2026-01-01T00:00:00Z"),
                Map.entry(Operator.STARTS_WITH, "a"),
                Map.entry(Operator.ENDS_WITH, "a"),
                Map.entry(Operator.MATCHES, "a+b*"),
                Map.entry(Operator.EXISTS, false)))
        .as((field, test) -> new Condition.Comparison(field, test.getKey(), test.getValue()));
  }

  private static Arbitrary<String> fields() {
    return Arbitraries.of("amount", "seller.trust_score", "trigger.x", "trigger.items");
  }

  static Arbitrary<List<Step>> steps(int depth) {
    return steps(depth, 2);
  }

  private static Arbitrary<List<Step>> steps(int depth, int loops) {
    Arbitrary<Step> step =
        depth == 0
            ? simple()
            : Arbitraries.frequencyOf(Tuple.of(3, simple()), Tuple.of(2, nested(depth - 1, loops)));
    return step.list().ofMinSize(1).ofMaxSize(3);
  }

  private static Arbitrary<Step> simple() {
    return Arbitraries.oneOf(
        actions(true).map(step -> step),
        Arbitraries.of("PT10M", "2030-01-01T00:00:00Z", "${trigger.at}")
            .map(until -> new Step.WaitStep(NO_PLACE, until)),
        Combinators.combine(
                Arbitraries.of(Step.StopStep.Outcome.values()),
                Arbitraries.of("enough", "because of ${trigger.x}"))
            .as((outcome, reason) -> new Step.StopStep(NO_PLACE, outcome, reason)),
        approvals());
  }

  private static Arbitrary<Step.ActionStep> actions(boolean compensated) {
    Arbitrary<List<Step.ActionStep>> compensations =
        compensated ? actions(false).list().ofMaxSize(2) : Arbitraries.just(List.of());
    return Combinators.combine(
            Arbitraries.of("approve_payout", "reject_payout"),
            Arbitraries.of(
                Map.<String, Object>of(),
                Map.<String, Object>of("payout_id", "${trigger.id}"),
                Map.<String, Object>of(
                    "n", new BigDecimal("1.5"), "l", List.of("a ${steps.x.y}", true)),
                Map.<String, Object>of("of", "${item}", "all", "of ${trigger.items}")),
            Arbitraries.of(Retry.standard(), new Retry(1, Duration.ofSeconds(2), 150)),
            compensations)
        .as(
            (name, with, retry, undo) ->
                new Step.ActionStep(NO_PLACE, null, name, with, retry, undo));
  }

  private static Arbitrary<Step> approvals() {
    // Names must differ: what is shrunk to the same one would be refused.
    Arbitrary<String> names =
        Arbitraries.strings().withCharRange('a', 'z').ofLength(14).withoutEdgeCases();
    return Combinators.combine(
            names, Arbitraries.of(Step.OnTimeout.values()), Arbitraries.of(true, false))
        .as(
            (name, onTimeout, continues) ->
                new Step.ApprovalStep(
                    NO_PLACE,
                    name,
                    List.of(Slot.of("CFO"), Slot.of("CEO", "CFO")),
                    Duration.ofHours(4),
                    new TreeMap<>(Map.of(Duration.ofHours(24), Slot.of("CEO"))),
                    Duration.ofHours(72),
                    onTimeout,
                    continues));
  }

  private static Arbitrary<Step> nested(int depth, int loops) {
    return loops == 0
        ? around(depth, 0)
        : Arbitraries.frequencyOf(
            Tuple.of(3, around(depth, loops)), Tuple.of(1, loop(depth, loops)));
  }

  private static Arbitrary<Step> loop(int depth, int loops) {
    return Combinators.combine(
            Arbitraries.of((Object) "${trigger.items}", List.of("a", "b")),
            Arbitraries.integers().between(1, 100),
            steps(depth, loops - 1))
        .as((items, batch, body) -> new Step.ForEachStep(NO_PLACE, null, items, batch, body));
  }

  private static Arbitrary<Step> around(int depth, int loops) {
    Arbitrary<List<Step>> steps = steps(depth, loops);
    Arbitrary<List<Step>> some = Arbitraries.oneOf(Arbitraries.just(List.of()), steps);
    return Arbitraries.oneOf(
        Combinators.combine(conditions(1), steps, some)
            .as((when, then, otherwise) -> new Step.IfStep(NO_PLACE, when, then, otherwise)),
        steps
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(branches -> new Step.ParallelStep(NO_PLACE, branches)),
        Combinators.combine(steps, Arbitraries.of(Step.OnError.values()), some, some)
            .as(
                (body, onError, handler, last) ->
                    new Step.TryStep(
                        NO_PLACE,
                        null,
                        body,
                        onError,
                        onError == Step.OnError.CONTINUE ? List.of() : handler,
                        last)));
  }
}
