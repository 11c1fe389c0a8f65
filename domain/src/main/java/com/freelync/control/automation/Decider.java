package com.freelync.control.automation;

import com.freelync.control.automation.NewExecution.Decision;
import com.freelync.control.condition.Judge;
import com.freelync.control.condition.Judgement;
import com.freelync.control.event.EntityType;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Decides whether an automation runs, on the facts of the source. */
final class Decider {
  private Decider() {}

  /** A decision with everything that led to it. */
  record Verdict(Decision decision, Judgement judgement) {}

  /** Judges the conditions; what cannot be decided fails where money moves, else it is a no. */
  static Verdict decide(
      Definition definition,
      boolean movesMoney,
      Map<String, Object> facts,
      Map<String, Object> triggerData) {
    Judgement judgement = Judge.judge(definition.conditions(), new Scope(facts, triggerData));
    Decision decision =
        switch (judgement.truth()) {
          case HOLDS -> new Decision.Run();
          case FAILS -> new Decision.Skip(judgement.reason());
          case UNDECIDED ->
              movesMoney
                  ? new Decision.Fail("undecided_condition", judgement.reason())
                  : new Decision.Skip(judgement.reason());
        };
    return new Verdict(decision, judgement);
  }

  /** The entity that a trigger's data speak of. */
  static Optional<UUID> entityId(EntityType entity, Map<String, Object> triggerData) {
    return triggerData.get(entity.idField()) instanceof String text
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }
}
