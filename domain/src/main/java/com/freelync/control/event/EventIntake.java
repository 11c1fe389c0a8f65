package com.freelync.control.event;

import com.freelync.control.audit.Actor;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.problem.FieldError;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes events in. One transaction stores each once by (source, id), matches it with the active
 * automations, records every match as an execution, and owes the runs to Temporal: an event that
 * was accepted is never lost and never handled twice.
 */
public final class EventIntake {
  private static final List<FieldError> CONFLICT =
      List.of(
          new FieldError(
              "/id",
              "conflict",
              "an event of this source and id is stored with another type or other data, which"
                  + " stays: another event needs another id"));

  private final Database database;
  private final EventHandler handler;
  private final EntityTypes entities;
  private final EventValidation validation;
  private final Clock clock;
  private final Supplier<UUID> ids;

  public EventIntake(
      Database database,
      EventHandler handler,
      EntityTypes entities,
      Clock clock,
      Supplier<UUID> ids) {
    this.database = database;
    this.handler = handler;
    this.entities = entities;
    this.validation = new EventValidation(entities);
    this.clock = clock;
    this.ids = ids;
  }

  /** Accepts what is valid and says of the rest what is wrong with it. */
  public Receipt accept(List<PlatformEvent> events, Actor actor) {
    List<Rejected> rejected = new ArrayList<>();
    List<Incoming> valid = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      List<FieldError> errors = validation.check(events.get(i));
      if (errors.isEmpty()) {
        valid.add(new Incoming(i, ids.get(), events.get(i)));
      } else {
        rejected.add(new Rejected(i, errors));
      }
    }
    // One order for everybody, so that two batches with the same events never wait for each other.
    valid.sort(
        Comparator.comparing((Incoming e) -> e.event().source())
            .thenComparing(e -> e.event().id()));
    Stored stored =
        valid.isEmpty()
            ? new Stored(0, List.of())
            : database.transaction(tx -> store(tx, valid, actor));
    Failpoint.EVENTS_COMMITTED.reach();
    stored.conflicts().forEach(event -> rejected.add(new Rejected(event.index(), CONFLICT)));
    rejected.sort(Comparator.comparing(Rejected::index));
    return new Receipt(
        stored.count(), valid.size() - stored.count() - stored.conflicts().size(), rejected);
  }

  /**
   * Goes the way of an event of each type once, about an entity that does not exist, and takes all
   * of it back: the first real event then finds a warm process.
   */
  public void rehearse() {
    List<Incoming> made =
        entities.eventTypes().stream()
            .map(type -> new Incoming(0, ids.get(), rehearsal(type)))
            .toList();
    database.rehearse(tx -> store(tx, made, new Actor("system:rehearsal", null)));
  }

  private PlatformEvent rehearsal(String type) {
    String idField = entities.ofEvent(type).orElseThrow().idField();
    String id = ids.get().toString();
    return new PlatformEvent("/rehearsal", id, type, null, null, Map.of(idField, id));
  }

  private Stored store(Transaction transaction, List<Incoming> incoming, Actor actor) {
    Set<UUID> stored = new HashSet<>(insert(transaction, incoming, actor));
    Failpoint.EVENTS_STORED.reach();
    List<StoredEvent> fresh =
        incoming.stream()
            .filter(event -> stored.contains(event.id()))
            .map(event -> new StoredEvent(event.id(), event.event().type(), event.event().data()))
            .toList();
    handler.handle(transaction, fresh, actor);
    return new Stored(
        stored.size(),
        conflicts(transaction, incoming.stream().filter(e -> !stored.contains(e.id())).toList()));
  }

  /** Those of the known events that say something else than what is stored. */
  private static List<Incoming> conflicts(Transaction transaction, List<Incoming> known) {
    if (known.isEmpty()) {
      return List.of();
    }
    return transaction
        .attach(EventDao.class)
        .contradicting(
            texts(known, PlatformEvent::source),
            texts(known, PlatformEvent::id),
            texts(known, PlatformEvent::type),
            texts(known, event -> Json.write(event.data())))
        .stream()
        .map(place -> known.get(place - 1))
        .toList();
  }

  private List<UUID> insert(Transaction transaction, List<Incoming> incoming, Actor actor) {
    return transaction
        .attach(EventDao.class)
        .insertNew(
            incoming.stream().map(Incoming::id).toArray(UUID[]::new),
            texts(incoming, PlatformEvent::source),
            texts(incoming, PlatformEvent::id),
            texts(incoming, PlatformEvent::type),
            texts(incoming, PlatformEvent::subject),
            texts(incoming, event -> event.time() == null ? null : event.time().toString()),
            texts(incoming, event -> Json.write(event.data())),
            clock.instant(),
            actor.subject(),
            actor.requestId());
  }

  private static String[] texts(
      List<Incoming> incoming, Function<PlatformEvent, @Nullable String> field) {
    return incoming.stream().map(event -> field.apply(event.event())).toArray(String[]::new);
  }

  /** The stored event's type and data, for trying an automation on it. */
  public Optional<StoredEvent> find(UUID id) {
    return database.read(
        handle ->
            handle
                .attach(EventDao.class)
                .find(id)
                .map(row -> new StoredEvent(row.id(), row.type(), Json.readObject(row.data()))));
  }

  /** A valid event: its place in the batch, and our id of it. */
  private record Incoming(int index, UUID id, PlatformEvent event) {}

  private record Stored(int count, List<Incoming> conflicts) {}

  /**
   * What became of a batch.
   *
   * @param accepted how many were new and are stored
   * @param duplicates how many were known already, and say the same
   * @param rejected those that are invalid, and those that contradict what is stored
   */
  public record Receipt(int accepted, int duplicates, List<Rejected> rejected) {}

  /** An event that is not taken: its place in the batch, and everything that is wrong with it. */
  public record Rejected(int index, List<FieldError> errors) {}
}
