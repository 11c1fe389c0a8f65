package com.freelync.control.automation;

import com.freelync.control.approval.Approval;
import com.freelync.control.approval.Approvals;
import com.freelync.control.approval.NewApproval;
import com.freelync.control.audit.Actor;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.text.Excerpt;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The approvals that runs ask for. */
public final class RunApprovals {
  private static final int LONGEST_GIVEN = 200;
  private static final Actor RUN = new Actor("system:automation-run", null);

  private final Database database;
  private final Approvals approvals;
  private final StoredDefinitions definitions;

  public RunApprovals(Database database, Approvals approvals, StoredDefinitions definitions) {
    this.database = database;
    this.approvals = approvals;
    this.definitions = definitions;
  }

  /**
   * Asks people for an approval step of a run, and records that the run waits for them. Asking
   * again finds the first request. What is asked comes from the stored version, never from the
   * caller. Empty if the run is over or to be cancelled: nobody is asked any more.
   *
   * @param now the run's time, from which reminders and the time-out count
   */
  public Optional<Approval> ask(UUID executionId, String path, Instant now) {
    return database.transaction(
        transaction -> {
          ExecutionDao executions = transaction.attach(ExecutionDao.class);
          ExecutionRow row = executions.lock(executionId).orElseThrow();
          if (row.finishedAt() != null || row.cancelRequestedAt() != null) {
            return Optional.empty();
          }
          AutomationDao automations = transaction.attach(AutomationDao.class);
          AutomationDao.VersionRow version =
              automations.version(row.workflowId(), row.workflowVersion()).orElseThrow();
          Step.ApprovalStep step =
              step(definitions.find(automations, row.workflowId(), version.version()), path);
          Set<String> authors = new HashSet<>(authors(transaction, row));
          authors.add(row.triggeredBy());
          Approval approval =
              approvals.ask(transaction, question(row, version, step, authors), now);
          if (approval.isWaiting()) {
            executions.waitForPeople(executionId);
            new StepRecord(executionId, path, "approval", input(approval), 1, now)
                .write(transaction.attach(StepDao.class), "RUNNING", null, null, now);
          }
          return Optional.of(approval);
        });
  }

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

  private static NewApproval question(
      ExecutionRow row,
      AutomationDao.VersionRow version,
      Step.ApprovalStep step,
      Set<String> authors) {
    return new NewApproval(
        ExecutionSubject.TYPE,
        row.id().toString(),
        step.path(),
        step.name(),
        title(row, step),
        "/admin/executions/" + row.id(),
        step.slots(),
        authors,
        contentHash(row, version, step),
        step.remindAfter(),
        step.escalateAfter(),
        step.timeout(),
        row.requestId(),
        "execution/" + row.id() + "/r" + row.run());
  }

  private static String title(ExecutionRow row, Step.ApprovalStep step) {
    Object amount = Json.readObject(row.factsJson()).get("amount");
    return "%s: %s%s%s"
        .formatted(
            row.workflowName(),
            step.name(),
            row.entityId() == null ? given(row) : ", " + row.entityType() + " " + row.entityId(),
            amount == null ? "" : " of " + amount + " ETB");
  }

  /** What a run that is about no entity was started with. */
  private static String given(ExecutionRow row) {
    String given =
        Json.readObject(row.triggerDataJson()).entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return given.isEmpty() ? "" : ", " + Excerpt.of(given, LONGEST_GIVEN);
  }

  /** Of exactly what is approved: this step of this version, on these facts, for this run. */
  private static String contentHash(
      ExecutionRow row, AutomationDao.VersionRow version, Step.ApprovalStep step) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("execution", row.id().toString());
    content.put("definition", version.contentHash());
    content.put("step", step.path());
    content.put("facts", Json.readObject(row.factsJson()));
    content.put("trigger_data", Json.readObject(row.triggerDataJson()));
    return Hashing.sha256().hashString(Json.canonical(content), StandardCharsets.UTF_8).toString();
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
