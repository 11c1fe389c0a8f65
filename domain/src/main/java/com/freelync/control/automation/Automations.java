package com.freelync.control.automation;

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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Automations: made, read, changed. Each change of the definition is a new, immutable version. */
public final class Automations {
  /** Who must agree before a version that moves money becomes active. */
  private static final List<List<String>> MONEY_SLOTS = List.of(List.of("CFO"));

  private final Database database;
  private final AuditLog audit;
  private final ActionCatalog catalog;
  private final DefinitionGate gate;
  private final Clock clock;

  public Automations(Database database, AuditLog audit, ActionCatalog catalog, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.catalog = catalog;
    this.gate = new DefinitionGate(catalog);
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
      audit(transaction, actor, "automation.create", id, Map.of("status", status.name()));
    }
    return dao.find(id).map(this::view).orElseThrow();
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
   * takes one away) and make the next version; {@code status} moves it.
   *
   * @param expected the revision that the caller read; null if it does not matter
   */
  public Automation change(
      UUID id, Map<String, Object> changes, @Nullable Long expected, Actor actor) {
    return database.transaction(
        transaction -> {
          AutomationDao dao = transaction.attach(AutomationDao.class);
          AutomationRow row = dao.lock(id).orElseThrow(() -> notFound(id));
          if (expected != null && expected != row.revision()) {
            throw new RequestRefused.Stale();
          }
          AutomationChange change = AutomationChange.of(row, changes, gate, catalog);
          Instant now = clock.instant();
          if (change.isEdited()) {
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
          audit(transaction, actor, "automation.change", id, change.details());
          return dao.find(id).map(this::view).orElseThrow();
        });
  }

  /** An automation, if there is one. */
  public Automation get(UUID id) {
    return database.read(
        handle ->
            handle
                .attach(AutomationDao.class)
                .find(id)
                .map(this::view)
                .orElseThrow(() -> notFound(id)));
  }

  /** Automations, newest first, after the cursor. */
  public List<Automation> list(
      @Nullable String status, @Nullable String name, Cursor after, int limit) {
    return database.read(
        handle ->
            AutomationDao.list(status, name)
                .page(handle, after, limit, AutomationRow.class)
                .stream()
                .map(this::view)
                .toList());
  }

  /** Every version, newest first. */
  public List<Automation.Version> versions(UUID id) {
    get(id);
    return database.read(
        handle ->
            handle.attach(AutomationDao.class).versions(id).stream()
                .map(
                    row ->
                        new Automation.Version(
                            row.version(),
                            Json.readObject(row.definitionJson()),
                            row.contentHash(),
                            row.movesMoney(),
                            row.createdBy(),
                            row.createdAt()))
                .toList());
  }

  private Automation view(AutomationRow row) {
    boolean waits =
        row.movesMoney()
            && (row.status().equals("PENDING")
                || (row.activeVersion() != null && row.activeVersion() != row.latestVersion()));
    return new Automation(
        row.id(),
        row.name(),
        row.status(),
        row.latestVersion(),
        row.activeVersion(),
        Json.readObject(row.definitionJson()),
        row.movesMoney(),
        waits ? MONEY_SLOTS : List.of(),
        row.contentHash(),
        row.createdBy(),
        row.createdAt(),
        row.updatedAt(),
        row.revision());
  }

  private void audit(
      Transaction transaction, Actor actor, String action, UUID id, Map<String, Object> details) {
    audit.record(
        transaction, AuditEntry.allowed(actor, action, "automation", id.toString(), details));
  }

  private static @Nullable String eventType(Definition definition) {
    return definition.trigger() instanceof Trigger.Event event ? event.type() : null;
  }

  private static RequestRefused.NotFound notFound(UUID id) {
    return new RequestRefused.NotFound("automation", id);
  }
}
