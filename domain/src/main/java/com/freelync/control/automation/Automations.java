package com.freelync.control.automation;

import com.freelync.control.approval.Approvals;
import com.freelync.control.approval.Approver;
import com.freelync.control.approval.NewWord;
import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.automation.AutomationDao.AutomationRow;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Automations: made, read, changed. Each change of the definition is a new, immutable version. */
public final class Automations {
  private static final Set<String> PAUSING = Set.of("status", "missed");

  private final Database database;
  private final AuditLog audit;
  private final ActionCatalog catalog;
  private final DefinitionGate gate;
  private final Approvals approvals;
  private final VersionApprovals questions;
  private final Triggers triggers;
  private final Clock clock;

  public Automations(
      Database database,
      AuditLog audit,
      ActionCatalog catalog,
      Approvals approvals,
      Triggers triggers,
      Clock clock) {
    this.database = database;
    this.approvals = approvals;
    this.questions = new VersionApprovals(approvals, clock);
    this.audit = audit;
    this.catalog = catalog;
    this.gate = new DefinitionGate(catalog);
    this.triggers = triggers;
    this.clock = clock;
  }

  /**
   * Stores a new automation.
   *
   * @param document the definition, and {@code status}: DRAFT unless it asks for ACTIVE, which
   *     gives PENDING where an action moves money
   */
  public Automation create(UUID id, Map<String, Object> document, Actor actor) {
    Map<String, Object> body = new LinkedHashMap<>(document);
    AutomationStatus asked = AutomationStatus.read(body.remove("status"), AutomationStatus.DRAFT);
    if (asked != AutomationStatus.DRAFT && asked != AutomationStatus.ACTIVE) {
      throw AutomationStatus.invalid("a new automation is DRAFT or ACTIVE");
    }
    Definition definition = gate.check(body);
    boolean movesMoney = catalog.movesMoney(definition.steps());
    AutomationStatus status = asked;
    if (asked == AutomationStatus.ACTIVE) {
      gate.checkRunnable(definition);
      status = movesMoney ? AutomationStatus.PENDING : AutomationStatus.ACTIVE;
    }
    AutomationStatus decided = status;
    return database.transaction(
        transaction -> insert(transaction, id, body, definition, decided, actor));
  }

  private Automation insert(
      Transaction transaction,
      UUID id,
      Map<String, Object> document,
      Definition definition,
      AutomationStatus status,
      Actor actor) {
    gate.requireStorable(transaction.handle(), definition);
    AutomationDao dao = transaction.attach(AutomationDao.class);
    boolean active = status == AutomationStatus.ACTIVE;
    Instant now = clock.instant();
    int inserted =
        dao.insert(
            id,
            definition.name(),
            status.name(),
            active ? 1 : null,
            active ? eventType(definition) : null,
            actor.subject(),
            now);
    if (inserted == 1) {
      insertVersion(dao, id, 1, document, definition, actor, now);
      triggers.settle(transaction, id, actor);
      audit(transaction, actor, "automation.create", id, Map.of("status", status.name()));
      if (status == AutomationStatus.PENDING) {
        questions.ask(transaction, id, definition, 1, actor);
      }
    }
    return dao.find(id).map(row -> view(transaction.handle(), row)).orElseThrow();
  }

  private void insertVersion(
      AutomationDao dao,
      UUID id,
      int version,
      Map<String, Object> document,
      Definition definition,
      Actor actor,
      Instant now) {
    dao.insertVersion(
        id,
        version,
        Json.write(document),
        DefinitionGate.contentHash(definition),
        catalog.movesMoney(definition.steps()),
        actor.subject(),
        now);
  }

  /**
   * Installs an automation that is active from the start, without an approval: for the owner of the
   * database only, whose role no server has. One that exists already is left as it is.
   */
  Automation install(UUID id, Map<String, Object> document, Actor owner) {
    Definition definition = gate.check(document);
    return database.transaction(
        transaction ->
            insert(transaction, id, document, definition, AutomationStatus.ACTIVE, owner));
  }

  /**
   * Changes an automation: the fields of its definition that are given replace the old ones (null
   * takes one away) and make the next version; {@code status} moves it, and {@code missed} says
   * whether what is resumed runs for what it missed.
   *
   * @param expected the revision that the caller read; null if it does not matter
   */
  public Automation change(
      UUID id, Map<String, Object> changes, @Nullable Long expected, Actor actor) {
    return change(id, changes, expected, actor, change -> {});
  }

  /**
   * Pauses what is ACTIVE, or resumes what is PAUSED as it was, for somebody who may do no more.
   *
   * @throws RequestRefused.Forbidden if the changes ask for anything else
   */
  public Automation pauseOrResume(
      UUID id, Map<String, Object> changes, @Nullable Long expected, Actor actor) {
    if (!changes.containsKey("status") || !PAUSING.containsAll(changes.keySet())) {
      throw onlyPauses();
    }
    return change(
        id,
        changes,
        expected,
        actor,
        change -> {
          if (!change.isPauseOrResume()) {
            throw onlyPauses();
          }
        });
  }

  private Automation change(
      UUID id,
      Map<String, Object> changes,
      @Nullable Long expected,
      Actor actor,
      Consumer<AutomationChange> permitted) {
    return database.transaction(
        transaction -> {
          AutomationDao dao = transaction.attach(AutomationDao.class);
          AutomationRow row = dao.lock(id).orElseThrow(() -> notFound(id));
          if (expected != null && expected != row.revision()) {
            throw new RequestRefused.Stale();
          }
          Map<String, Object> edits = new LinkedHashMap<>(changes);
          Missed missed =
              Missed.take(
                  edits, row.status().equals("PAUSED") && "ACTIVE".equals(edits.get("status")));
          AutomationChange change = AutomationChange.of(row, edits, gate, catalog);
          permitted.accept(change);
          Instant now = clock.instant();
          if (change.isEdited()) {
            gate.requireStorable(transaction.handle(), change.definition());
            insertVersion(
                dao, id, change.version(), change.document(), change.definition(), actor, now);
          }
          dao.update(
              id,
              change.definition().name(),
              change.to().name(),
              change.version(),
              change.activeVersion(),
              change.isActivated() ? eventType(change.definition()) : dao.eventType(id),
              now);
          triggers.settle(transaction, id, missed, actor);
          audit(transaction, actor, "automation.change", id, change.details(missed));
          questions.settle(transaction, id, change, actor);
          return dao.find(id).map(changed -> view(transaction.handle(), changed)).orElseThrow();
        });
  }

  private static RequestRefused onlyPauses() {
    return new RequestRefused.Forbidden(
        "This needs the permission automation.manage: yours pauses what is ACTIVE, and resumes what"
            + " is PAUSED as it was.");
  }

  /**
   * Takes a person's word on whether the version that waits becomes active.
   *
   * @throws RequestRefused if nothing waits, or if the word does not count
   */
  public Automation decide(UUID id, Approver approver, NewWord word) {
    return approvals.decide(
        AutomationSubject.TYPE,
        id.toString(),
        approver,
        word,
        transaction -> read(transaction.handle(), id));
  }

  /** An automation, if there is one. */
  public Automation get(UUID id) {
    return database.read(handle -> read(handle, id));
  }

  private Automation read(Handle handle, UUID id) {
    return handle
        .attach(AutomationDao.class)
        .find(id)
        .map(row -> view(handle, row))
        .orElseThrow(() -> notFound(id));
  }

  /** Automations, newest first, after the cursor. */
  public List<Automation> list(
      @Nullable String status, @Nullable String name, Cursor after, int limit) {
    return database.read(
        handle ->
            AutomationDao.list(status, name)
                .page(handle, after, limit, AutomationRow.class)
                .stream()
                .map(row -> view(handle, row))
                .toList());
  }

  /** Every version, newest first. */
  public List<Automation.Version> versions(UUID id) {
    get(id);
    return database.read(
        handle ->
            handle.attach(AutomationDao.class).versions(id).stream()
                .map(Automation.Version::of)
                .toList());
  }

  private Automation view(Handle handle, AutomationRow row) {
    return Automation.of(
        row,
        row.movesMoney()
            ? approvals.about(handle, AutomationSubject.TYPE, row.id().toString())
            : List.of());
  }

  private void audit(
      Transaction transaction, Actor actor, String action, UUID id, Map<String, Object> details) {
    audit.record(
        transaction, AuditEntry.allowed(actor, action, "automation", id.toString(), details));
  }

  static @Nullable String eventType(Definition definition) {
    return definition.trigger() instanceof Trigger.Event event ? event.type() : null;
  }

  static RequestRefused.NotFound notFound(UUID id) {
    return new RequestRefused.NotFound("automation", id);
  }
}
