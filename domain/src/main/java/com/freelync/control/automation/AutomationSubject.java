package com.freelync.control.automation;

import com.freelync.control.approval.Approval;
import com.freelync.control.approval.ApprovalStatus;
import com.freelync.control.approval.ApprovalSubject;
import com.freelync.control.approval.NewApproval;
import com.freelync.control.approval.Slot;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.AutomationDao.AutomationRow;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an automation does with people's answer about a version that moves money (AU-16): it becomes
 * the one that runs, or it does not.
 */
public final class AutomationSubject implements ApprovalSubject {
  static final String TYPE = "automation";

  /** Who must agree before a version that moves money becomes active. */
  private static final List<Slot> MONEY_SLOTS = List.of(Slot.of("CFO"));

  private static final Duration REMINDER = Duration.ofHours(24);

  private final Triggers triggers;
  private final Clock clock;

  public AutomationSubject(Triggers triggers, Clock clock) {
    this.triggers = triggers;
    this.clock = clock;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public void lock(Transaction transaction, String subjectId) {
    transaction.attach(AutomationDao.class).lockRow(UUID.fromString(subjectId));
  }

  @Override
  public RequestRefused asksNobody(Transaction transaction, String subjectId) {
    return transaction
        .attach(AutomationDao.class)
        .find(UUID.fromString(subjectId))
        .<RequestRefused>map(
            row ->
                new RequestRefused.IllegalMove(
                    "No version of it waits for an approval.", List.of()))
        .orElseGet(() -> Automations.notFound(UUID.fromString(subjectId)));
  }

  /**
   * The question whether a version becomes active.
   *
   * @param authors who wrote what people have not approved yet
   * @param attempt how often it was asked and decided before
   */
  static NewApproval question(
      UUID id, Definition definition, int version, Set<String> authors, int attempt, Actor asker) {
    Set<String> own = new HashSet<>(authors);
    own.add(asker.subject());
    return new NewApproval(
        TYPE,
        id.toString(),
        key(version, attempt),
        "activation",
        "Activate version %d of \"%s\", which moves money".formatted(version, definition.name()),
        "/admin/workflows/" + id,
        MONEY_SLOTS,
        own,
        DefinitionGate.contentHash(definition),
        REMINDER,
        new LinkedHashMap<>(),
        null,
        asker.requestId(),
        null);
  }

  private static String key(int version, int attempt) {
    return "v" + version + "/" + (attempt + 1);
  }

  /**
   * Who wrote what a version does: everybody since the last version before it that people approved.
   *
   * @param asked every request about the automation
   */
  static Set<String> authors(AutomationDao dao, List<Approval> asked, UUID id, int version) {
    int approved =
        asked.stream()
            .filter(approval -> approval.status() == ApprovalStatus.APPROVED)
            .mapToInt(AutomationSubject::version)
            .filter(before -> before < version)
            .max()
            .orElse(0);
    return dao.authors(id, approved, version);
  }

  /** Which version a request is about. */
  static int version(Approval approval) {
    return Integer.parseInt(approval.subjectKey().substring(1, approval.subjectKey().indexOf('/')));
  }

  @Override
  public void decided(Transaction transaction, Approval approval) {
    if (approval.status() != ApprovalStatus.WITHDRAWN) {
      AutomationDao dao = transaction.attach(AutomationDao.class);
      AutomationRow row = dao.find(UUID.fromString(approval.subjectId())).orElseThrow();
      if (approval.status() == ApprovalStatus.APPROVED) {
        activate(dao, row, version(approval));
        triggers.settle(transaction, row.id(), new Actor("system:approval", approval.requestId()));
      } else {
        // The revision grows in any case: what waits for people is part of what it stands for.
        AutomationStatus status = AutomationStatus.valueOf(row.status());
        update(
            dao,
            row,
            status == AutomationStatus.PENDING ? AutomationStatus.DRAFT : status,
            row.activeVersion(),
            dao.eventType(row.id()));
      }
    }
  }

  private void activate(AutomationDao dao, AutomationRow row, int version) {
    Definition definition =
        StoredDefinitions.parse(Json.readObject(dao.definition(row.id(), version)));
    AutomationStatus status =
        row.status().equals("PAUSED") ? AutomationStatus.PAUSED : AutomationStatus.ACTIVE;
    update(dao, row, status, version, Automations.eventType(definition));
  }

  private void update(
      AutomationDao dao,
      AutomationRow row,
      AutomationStatus status,
      @Nullable Integer active,
      @Nullable String eventType) {
    dao.update(
        row.id(),
        row.name(),
        status.name(),
        row.latestVersion(),
        active,
        eventType,
        clock.instant());
  }
}
