package com.freelync.control.automation;

import com.freelync.control.automation.safety.Foresight;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.problem.RequestRefused;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tries automations without doing anything: the same interpreter as a run's, in a read-only
 * transaction of a database role that cannot write at all.
 */
public final class DryRuns {
  private static final UUID NONE = new UUID(0, 0);

  private final Database readOnly;
  private final ActionCatalog catalog;
  private final DefinitionGate gate;
  private final ManualTrigger trigger;
  private final Clock clock;

  /**
   * @param readOnly the pool of the role that cannot write
   */
  public DryRuns(Database readOnly, ActionCatalog catalog, Clock clock) {
    this.clock = clock;
    this.readOnly = readOnly;
    this.catalog = catalog;
    this.gate = new DefinitionGate(catalog);
    this.trigger = new ManualTrigger(catalog.entities());
  }

  /** Tries the latest version of a stored automation. */
  public DryRun ofStored(UUID workflowId, Map<String, Object> triggerData) {
    return readOnly.read(
        handle -> {
          var row =
              handle
                  .attach(AutomationDao.class)
                  .find(workflowId)
                  .orElseThrow(() -> new RequestRefused.NotFound("automation", workflowId));
          Definition definition = StoredDefinitions.parse(Json.readObject(row.definitionJson()));
          return run(handle, definition, workflowId, row.latestVersion(), triggerData);
        });
  }

  /** Tries a definition that is not stored. */
  public DryRun ofDocument(Map<String, Object> document, Map<String, Object> triggerData) {
    Definition definition = gate.check(document);
    return readOnly.read(
        handle -> {
          gate.requireStorable(handle, definition);
          return run(handle, definition, NONE, 0, triggerData);
        });
  }

  private DryRun run(
      Handle handle,
      Definition definition,
      UUID workflowId,
      int version,
      Map<String, Object> triggerData) {
    ManualTrigger.Subject subject = trigger.read(handle, definition, triggerData);
    if (!subject.isKnown()) {
      return nothing("The source has no " + subject.type() + " " + subject.id() + ".", List.of());
    }
    Decider.Verdict verdict =
        Decider.decide(
            definition, catalog.movesMoney(definition.steps()), subject.facts(), triggerData);
    List<Map<String, Object>> findings = Findings.of(verdict.judgement());
    return switch (verdict.decision()) {
      case NewExecution.Decision.Skip skip -> nothing(skip.reason(), findings);
      case NewExecution.Decision.Fail fail -> nothing(fail.reason(), findings);
      case NewExecution.Decision.Run go -> {
        RunIdentity run =
            new RunIdentity(
                NONE, workflowId, version, "dry run", subject.facts(), triggerData, null);
        Foresight foresight = new Foresight(clock);
        SimulatedEffects effects =
            new SimulatedEffects(handle, catalog, definition, run, foresight);
        RunOutcome outcome = effects.run();
        yield new DryRun(
            true,
            reason(outcome),
            findings,
            effects.steps(),
            effects.stepCount(),
            status(outcome),
            effects.impact(),
            foresight.limits(),
            effects.approvals());
      }
    };
  }

  private static String status(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Completed completed -> "COMPLETED";
      case RunOutcome.Failed failed -> "FAILED";
      case RunOutcome.Rejected rejected -> "REJECTED";
    };
  }

  private static @Nullable String reason(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Completed completed -> completed.reason();
      case RunOutcome.Failed failed -> failed.place() + ": " + failed.message();
      case RunOutcome.Rejected rejected -> rejected.reason();
    };
  }

  private static DryRun nothing(String reason, List<Map<String, Object>> findings) {
    return new DryRun(
        false,
        reason,
        findings,
        List.of(),
        0,
        null,
        new DryRun.Impact(List.of(), BigDecimal.ZERO, 0),
        List.of(),
        List.of());
  }
}
