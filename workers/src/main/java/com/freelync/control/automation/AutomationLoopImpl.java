package com.freelync.control.automation;

import com.freelync.control.approval.Doorbell;
import com.freelync.control.parse.DefinitionParser;
import com.freelync.control.worker.LocalCalls;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes the items of a loop, a batch at a time. */
public final class AutomationLoopImpl implements AutomationLoop {
  /** Temporal warns at 10,240 events; a batch of the largest size adds some thousands. */
  private static final int LONGEST_HISTORY = 3_000;

  private final Doorbell bell = new Doorbell();

  @Override
  public void decided(@Nullable String place) {
    bell.ring(place);
  }

  @Override
  public LoopResult run(LoopInput input) {
    Definition definition = definition(input);
    if (!(Steps.find(definition.steps(), input.place().path()).orElse(null)
        instanceof Step.ForEachStep loop)) {
      throw ApplicationFailure.newNonRetryableFailure(
          "the definition has no loop at " + input.place(), "unknown_step");
    }
    DurableEffects effects = new DurableEffects(input.run(), definition, bell);
    Interpreter interpreter = new Interpreter(effects);
    Scope scope =
        new Scope(input.run().facts(), input.run().triggerData(), input.results(), input.words());
    for (int from = input.from(); from < input.count(); from += loop.batch()) {
      // Local activities and timers that are over do not see a cancellation.
      if (CancellationScope.current().isCancelRequested()) {
        throw new CanceledFailure("The execution was cancelled.");
      }
      int most = Math.min(loop.batch(), input.count() - from);
      Workflow.setCurrentDetails(from + " of " + input.count() + " items are done.");
      List<RunOutcome> ends =
          batch(input, loop, interpreter, effects, scope, from, items(input, from, most));
      if (!ends.isEmpty()) {
        return LoopResult.of(Interpreter.firstOf(ends).orElse(null));
      }
      int next = from + most;
      if (next < input.count() && Workflow.getInfo().getHistoryLength() > LONGEST_HISTORY) {
        Workflow.continueAsNew(input.from(next));
      }
    }
    Workflow.setCurrentDetails("All " + input.count() + " items are done.");
    return LoopResult.of(null);
  }

  private static Definition definition(LoopInput input) {
    return switch (DefinitionParser.parse(input.run().definition())) {
      case DefinitionParser.Result.Parsed parsed -> parsed.definition();
      case DefinitionParser.Result.Invalid invalid ->
          throw ApplicationFailure.newNonRetryableFailure(
              invalid.errors().toString(), "invalid_definition");
    };
  }

  private static List<?> items(LoopInput input, int from, int most) {
    Optional<StoredList> stored = StoredList.of(input.items());
    return stored.isPresent()
        ? LocalCalls.records(RunActivities.class, "read items from " + from)
            .items(input.run().executionId(), stored.get(), from, most)
        : ((List<?>) input.items()).subList(from, from + most);
  }

  private static List<RunOutcome> batch(
      LoopInput input,
      Step.ForEachStep loop,
      Interpreter interpreter,
      DurableEffects effects,
      Scope scope,
      int from,
      List<?> items) {
    List<Supplier<Optional<RunOutcome>>> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      String number = input.place().numbered(from + i);
      all.add(() -> interpreter.item(loop, scope, number, item));
    }
    return effects.together(input.place(), all).stream().flatMap(Optional::stream).toList();
  }
}
