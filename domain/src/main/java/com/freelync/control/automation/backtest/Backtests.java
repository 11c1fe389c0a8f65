package com.freelync.control.automation.backtest;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.automation.ActionCatalog;
import com.freelync.control.automation.Definition;
import com.freelync.control.automation.DefinitionGate;
import com.freelync.control.automation.StoredDefinitions;
import com.freelync.control.automation.Trigger;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.event.PastEvents;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.parse.DefinitionPrinter;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Definitions tried on the past (AU-8): asked for, followed, and cancelled. */
public final class Backtests {
  /** The topic of the outbox. */
  public static final String TOPIC = "automation.backtest";

  private static final Duration LONGEST = Duration.ofDays(5 * 366);
  private static final int MOST_AT_ONCE = 20;

  private final Database database;
  private final ActionCatalog catalog;
  private final DefinitionGate gate;
  private final StoredDefinitions definitions;
  private final Outbox outbox;
  private final AuditLog audit;
  private final Clock clock;

  public Backtests(
      Database database,
      ActionCatalog catalog,
      StoredDefinitions definitions,
      Outbox outbox,
      AuditLog audit,
      Clock clock) {
    this.database = database;
    this.catalog = catalog;
    this.gate = new DefinitionGate(catalog);
    this.definitions = definitions;
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Which definition is tried, and beside which other one.
   *
   * @param workflowId an automation; null where the document is tried that is given
   * @param version its version; null for the latest
   * @param document a definition that is not stored
   * @param other another definition; null for none
   * @param otherVersion another version of the automation; null for none
   */
  public record Subject(
      @Nullable UUID workflowId,
      @Nullable Integer version,
      @Nullable Map<String, Object> document,
      @Nullable Map<String, Object> other,
      @Nullable Integer otherVersion) {}

  /**
   * Begins a backtest of the events from an instant on, before another.
   *
   * @param id its identity; asked for once more, it is the same one
   * @throws RequestRefused naming what is wrong with the definitions or the period
   */
  public BacktestRow start(UUID id, Subject subject, Instant from, Instant to, Actor actor) {
    requirePeriod(from, to);
    return database.transaction(
        transaction -> {
          Handle handle = transaction.handle();
          BacktestDao dao = handle.attach(BacktestDao.class);
          if (dao.find(id).isPresent()) {
            return dao.find(id).orElseThrow();
          }
          if (dao.running(actor.subject()) >= MOST_AT_ONCE) {
            throw new RequestRefused.IllegalMove(
                "You have " + MOST_AT_ONCE + " backtests under way: wait for one, or cancel one.",
                List.of());
          }
          Definition definition = definition(handle, subject);
          Definition other = other(handle, subject);
          PastEvents past = past(definition, other);
          Instant now = clock.instant();
          dao.insert(
              new BacktestRow(
                  id,
                  subject.workflowId(),
                  subject.workflowId() == null ? null : version(handle, subject),
                  "RUNNING",
                  Json.write(DefinitionPrinter.print(definition)),
                  other == null ? null : Json.write(DefinitionPrinter.print(other)),
                  from,
                  to,
                  0,
                  past.count(handle, from, to),
                  "{}",
                  null,
                  actor.subject(),
                  now,
                  null));
          outbox.append(transaction, TOPIC, id.toString(), Map.of(), actor.requestId());
          audit.record(
              transaction,
              AuditEntry.allowed(
                  actor,
                  "automation.backtest",
                  "backtest",
                  id.toString(),
                  Map.of("from", from.toString(), "to", to.toString())));
          return dao.find(id).orElseThrow();
        });
  }

  private void requirePeriod(Instant from, Instant to) {
    List<FieldError> errors = new ArrayList<>();
    if (!from.isBefore(to)) {
      errors.add(new FieldError("/to", "order", "it must be later than from"));
    } else if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      errors.add(new FieldError("/from", "too_long", "a backtest looks at five years at most"));
    }
    if (to.isAfter(clock.instant())) {
      errors.add(new FieldError("/to", "future", "it must not be later than now"));
    }
    if (!errors.isEmpty()) {
      throw new RequestRefused.Invalid(errors);
    }
  }

  private int version(Handle handle, Subject subject) {
    return subject.version() == null
        ? definitions.latestVersion(handle, Objects.requireNonNull(subject.workflowId()))
        : subject.version();
  }

  private Definition definition(Handle handle, Subject subject) {
    if (subject.document() != null) {
      return checked(handle, subject.document(), "/definition");
    }
    return stored(handle, subject.workflowId(), version(handle, subject), "/version");
  }

  private @Nullable Definition other(Handle handle, Subject subject) {
    if (subject.other() != null) {
      return checked(handle, subject.other(), "/compare_with/definition");
    }
    return subject.otherVersion() == null
        ? null
        : stored(handle, subject.workflowId(), subject.otherVersion(), "/compare_with/version");
  }

  private Definition stored(Handle handle, @Nullable UUID workflowId, int version, String at) {
    return definitions
        .find(handle, Objects.requireNonNull(workflowId), version)
        .orElseThrow(
            () ->
                new RequestRefused.Invalid(
                    List.of(
                        new FieldError(
                            at, "unknown", "the automation has no version " + version))));
  }

  private Definition checked(Handle handle, Map<String, Object> document, String at) {
    try {
      Definition definition = gate.check(document);
      gate.requireStorable(handle, definition);
      return definition;
    } catch (RequestRefused.Invalid invalid) {
      throw new RequestRefused.Invalid(
          invalid.errors().stream()
              .map(error -> new FieldError(at + error.field(), error.code(), error.message()))
              .toList());
    }
  }

  private PastEvents past(Definition definition, @Nullable Definition other) {
    PastEvents past =
        BacktestWork.past(catalog, definition)
            .orElseThrow(
                () ->
                    new RequestRefused.Invalid(
                        List.of(
                            new FieldError(
                                "/definition/trigger",
                                "no_past",
                                "no past is kept of what starts it: an event of "
                                    + catalog.eventTypes().stream().filter(this::hasPast).toList()
                                    + " is needed"))));
    if (other != null && !sameTrigger(definition, other)) {
      throw new RequestRefused.Invalid(
          List.of(
              new FieldError(
                  "/compare_with",
                  "other_trigger",
                  "both definitions must be started by the same event")));
    }
    return past;
  }

  private boolean hasPast(String eventType) {
    return catalog
        .entities()
        .ofEvent(eventType)
        .flatMap(entity -> entity.past(eventType))
        .isPresent();
  }

  private static boolean sameTrigger(Definition one, Definition other) {
    return one.trigger() instanceof Trigger.Event event && event.equals(other.trigger());
  }

  /**
   * One backtest.
   *
   * @throws RequestRefused.NotFound if there is none
   */
  public BacktestRow get(UUID id) {
    return database.read(
        handle ->
            handle
                .attach(BacktestDao.class)
                .find(id)
                .orElseThrow(() -> new RequestRefused.NotFound("backtest", id)));
  }

  /** Backtests, the newest first, after the cursor; of one automation where it is given. */
  public List<BacktestRow> list(@Nullable UUID workflowId, Cursor after, int limit) {
    return database.read(
        handle -> BacktestDao.list(workflowId).page(handle, after, limit, BacktestRow.class));
  }

  /**
   * Ends a backtest before it is over; what it found so far is kept.
   *
   * @throws RequestRefused.IllegalMove if it is over
   */
  public BacktestRow cancel(UUID id, @Nullable String reason, Actor actor) {
    database.transaction(
        transaction -> {
          BacktestDao dao = transaction.attach(BacktestDao.class);
          BacktestRow row =
              dao.lock(id).orElseThrow(() -> new RequestRefused.NotFound("backtest", id));
          if (dao.end(id, "CANCELLED", null, clock.instant()) == 0) {
            throw new RequestRefused.IllegalMove(
                "The backtest is " + row.status() + " already.", List.of());
          }
          audit.record(
              transaction,
              AuditEntry.allowed(
                      actor, "automation.backtest_cancel", "backtest", id.toString(), Map.of())
                  .because(reason));
          return id;
        });
    return get(id);
  }
}
