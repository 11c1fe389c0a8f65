package com.freelync.control.automation;

import com.freelync.control.approval.Approval;
import com.freelync.control.approval.ApprovalStatus;
import com.freelync.control.approval.Approvals;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.safety.HeldUp;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The approvals that runs ask for. */
public final class RunApprovals {
  private static final Actor RUN = new Actor("system:automation-run", null);

  private final Database database;
  private final Approvals approvals;
  private final StoredDefinitions definitions;
  private final Clock clock;

  public RunApprovals(
      Database database, Approvals approvals, StoredDefinitions definitions, Clock clock) {
    this.database = database;
    this.approvals = approvals;
    this.definitions = definitions;
    this.clock = clock;
  }

  /**
   * Asks people for an approval step of a run, and records that the run waits for them. Asking
   * again finds the first request. What is asked comes from the stored version, never from the
   * caller. Empty if the run is over or to be cancelled: nobody is asked any more.
   *
   * @param waitsIn the id of the workflow that waits
   * @param now the run's time, from which reminders and the time-out count
   */
  public Optional<Approval> ask(UUID executionId, StepPlace place, String waitsIn, Instant now) {
    return database.transaction(
        transaction -> {
          Optional<Asking> asking = asking(transaction, executionId);
          if (asking.isEmpty()) {
            return Optional.empty();
          }
          Step.ApprovalStep step = step(asking.get().stored(), place.path());
          Approval approval =
              approvals.ask(transaction, RunQuestion.of(asking.get(), place, step, waitsIn), now);
          if (approval.isWaiting()) {
            transaction.attach(ExecutionDao.class).waitForPeople(executionId);
            new StepRecord(executionId, place, "approval", input(approval), 1, now)
                .write(transaction.attach(StepDao.class), "RUNNING", null, null, now);
          }
          return Optional.of(approval);
        });
  }

  /**
   * Asks people whether a step may act above a full limit, once. Empty if the run is over or to be
   * cancelled.
   */
  Optional<Approval> askToLift(
      UUID executionId, StepPlace place, String action, HeldUp held, String waitsIn) {
    return database.transaction(
        transaction -> {
          Optional<Asking> asking = asking(transaction, executionId);
          if (asking.isEmpty()) {
            return Optional.empty();
          }
          Approval approval =
              approvals.ask(
                  transaction,
                  RunQuestion.ofLimit(asking.get(), place, action, held, waitsIn),
                  clock.instant());
          if (approval.isWaiting()) {
            transaction.attach(ExecutionDao.class).waitForPeople(executionId);
          }
          return Optional.of(approval);
        });
  }

  /** Whether people let a step act above a full limit. */
  boolean isLimitLifted(Handle handle, UUID executionId, StepPlace place) {
    String key = RunQuestion.limitKey(place);
    return of(handle, executionId).stream()
        .anyMatch(
            approval ->
                approval.subjectKey().equals(key) && approval.status() == ApprovalStatus.APPROVED);
  }

  /** What a question of a run is made of; empty if the run is over or to be cancelled. */
  private Optional<Asking> asking(Transaction transaction, UUID executionId) {
    ExecutionRow row = transaction.attach(ExecutionDao.class).lock(executionId).orElseThrow();
    if (row.finishedAt() != null || row.cancelRequestedAt() != null) {
      return Optional.empty();
    }
    AutomationDao automations = transaction.attach(AutomationDao.class);
    AutomationDao.VersionRow version =
        automations.version(row.workflowId(), row.workflowVersion()).orElseThrow();
    Set<String> authors = new HashSet<>(authors(transaction, row));
    authors.add(row.triggeredBy());
    return Optional.of(
        new Asking(
            row,
            version,
            definitions.find(automations, row.workflowId(), version.version()),
            authors));
  }

  /**
   * A run that asks people.
   *
   * @param authors who may not decide
   */
  record Asking(
      ExecutionRow row,
      AutomationDao.VersionRow version,
      StoredDefinitions.Stored stored,
      Set<String> authors) {}

  private Set<String> authors(Transaction transaction, ExecutionRow row) {
    return authors(transaction, row.workflowId(), row.workflowVersion());
  }

  /** Who wrote what a version of an automation does, since people last approved it. */
  private Set<String> authors(Transaction transaction, UUID workflow, int version) {
    return AutomationSubject.authors(
        transaction.attach(AutomationDao.class),
        approvals.about(transaction.handle(), AutomationSubject.TYPE, workflow.toString()),
        workflow,
        version);
  }

  /** Who wrote any version of an automation up to this one, whatever people approved. */
  public Set<String> writers(Transaction transaction, UUID workflow, int version) {
    return transaction.attach(AutomationDao.class).authors(workflow, 0, version);
  }

  /** What a run asked for. */
  List<Approval> of(Handle handle, UUID executionId) {
    return approvals.about(handle, ExecutionSubject.TYPE, executionId.toString());
  }

  /** Nobody is asked any more about a run that is over; its row is locked. */
  void withdraw(Transaction transaction, UUID executionId) {
    approvals.withdraw(
        transaction, ExecutionSubject.TYPE, executionId.toString(), "The run is over.", RUN);
  }

  private static Step.ApprovalStep step(StoredDefinitions.Stored stored, String path) {
    return Steps.find(stored.definition().steps(), path)
        .filter(Step.ApprovalStep.class::isInstance)
        .map(Step.ApprovalStep.class::cast)
        .orElseThrow(
            () -> new IllegalStateException("the definition has no approval step at " + path));
  }

  private static Map<String, Object> input(Approval approval) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("approval_id", approval.id().toString());
    input.put("name", approval.name());
    input.put("slots", Effects.names(approval.slots()));
    if (approval.dueAt() != null) {
      input.put("due_at", approval.dueAt().toString());
    }
    return input;
  }
}
