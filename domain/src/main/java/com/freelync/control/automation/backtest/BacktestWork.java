package com.freelync.control.automation.backtest;

import com.freelync.control.automation.ActionCatalog;
import com.freelync.control.automation.Definition;
import com.freelync.control.automation.StoredDefinitions;
import com.freelync.control.automation.Trigger;
import com.freelync.control.automation.safety.ActionLimiter;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.event.PastEvents;
import com.freelync.control.event.PastEvents.PastEvent;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Carries backtests out, part by part: each part and how far it came are one transaction, so that
 * whoever goes on after a crash counts nothing twice and leaves nothing out.
 */
public final class BacktestWork {
  private static final int PART = 2_000;

  private final Database database;
  private final ActionCatalog catalog;
  private final Clock clock;

  public BacktestWork(Database database, ActionCatalog catalog, Clock clock) {
    this.database = database;
    this.catalog = catalog;
    this.clock = clock;
  }

  /** Takes the next part; whether there is more to do. */
  public boolean next(UUID id) {
    return database.transaction(
        transaction -> {
          BacktestDao dao = transaction.attach(BacktestDao.class);
          Optional<BacktestRow> row = dao.find(id);
          return row.isPresent()
              && row.get().status().equals("RUNNING")
              && part(transaction.handle(), dao, row.get());
        });
  }

  /** The row is not locked while a part is worked out: people may cancel it. */
  private boolean part(Handle handle, BacktestDao dao, BacktestRow row) {
    BacktestState state =
        new BacktestState(row, catalog, ActionLimiter.limits(handle, catalog.limits()));
    List<PastEvent> events =
        past(row).read(handle, row.fromAt(), row.toAt(), state.position(), PART);
    events.forEach(state::on);
    boolean isMine =
        dao.advance(row.id(), row.done(), row.done() + events.size(), state.json()) == 1;
    if (isMine && events.size() < PART) {
      dao.end(row.id(), "COMPLETED", null, clock.instant());
      return false;
    }
    return true;
  }

  private PastEvents past(BacktestRow row) {
    Definition definition = StoredDefinitions.parse(Json.readObject(row.definitionJson()));
    return past(catalog, definition)
        .orElseThrow(() -> new IllegalStateException("a backtest without a past: " + row.id()));
  }

  static Optional<PastEvents> past(ActionCatalog catalog, Definition definition) {
    return definition.trigger() instanceof Trigger.Event event
        ? catalog.entities().ofEvent(event.type()).flatMap(entity -> entity.past(event.type()))
        : Optional.empty();
  }

  /** Ends one that cannot be carried out. */
  public void fail(UUID id, String problem) {
    database.transaction(
        transaction ->
            transaction.attach(BacktestDao.class).end(id, "FAILED", problem, clock.instant()));
  }
}
