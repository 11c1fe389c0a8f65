package com.freelync.control.automation;

import com.freelync.control.automation.NewExecution.Decision;
import com.freelync.control.event.EntityType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is decided of an automation on the facts of the entity that its trigger speaks of. */
record EntityVerdict(Decision decision, List<Map<String, Object>> conditions) {
  /**
   * Decides.
   *
   * @param facts null if the source has no such entity
   */
  static EntityVerdict of(
      ActiveAutomation automation,
      EntityType entity,
      String entityId,
      @Nullable Map<String, Object> facts,
      Map<String, Object> triggerData) {
    if (facts == null) {
      return new EntityVerdict(
          new Decision.Fail(
              "entity_missing", "The source has no " + entity.name() + " " + entityId + "."),
          List.of());
    }
    Decider.Verdict verdict =
        Decider.decide(automation.definition(), automation.movesMoney(), facts, triggerData);
    return new EntityVerdict(verdict.decision(), Findings.of(verdict.judgement()));
  }
}
