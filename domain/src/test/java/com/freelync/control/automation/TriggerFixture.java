package com.freelync.control.automation;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.database.Marketplace;
import com.freelync.control.database.TestDatabase;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Automations that start by themselves, over the roles that servers and workers have. */
final class TriggerFixture implements AutoCloseable {
  static final Actor ADMIN = new Actor("admin", "request-1");

  final TestDatabase database = TestDatabase.create();
  final Marketplace marketplace = new Marketplace(database);
  final Database asMarketplace = database.as("marketplace_app");
  final Database asOwner = database.as("control_owner");
  final ControlCenter api = new ControlCenter(database.as("control_api"), Clock.systemUTC());
  final ControlCenter worker = new ControlCenter(database.as("control_worker"), Clock.systemUTC());

  /** An ACTIVE automation that rejects payouts. */
  UUID active(String trigger) {
    return create(trigger, List.of(), "ACTIVE");
  }

  UUID create(String trigger, List<?> conditions, String status) {
    UUID id = UUID.randomUUID();
    Map<String, Object> document = new HashMap<>();
    document.put("name", trigger);
    document.put("trigger", trigger);
    document.put("conditions", conditions);
    document.put("actions", List.of("take_snapshot"));
    document.put("status", status);
    api.automations.create(id, document, ADMIN);
    return id;
  }

  void change(UUID id, Map<String, Object> changes) {
    api.automations.change(id, changes, null, ADMIN);
  }

  void pause(UUID id) {
    change(id, Map.of("status", "PAUSED"));
  }

  void resume(UUID id, String missed) {
    change(id, Map.of("status", "ACTIVE", "missed", missed));
  }

  /** Lets the worker's loops do all that is to be done. */
  void work() {
    while (worker.triggers.changes.follow()) {
      // More at once.
    }
    // The first round only waits for transactions that are older than it.
    worker.triggers.missed.next();
    while (worker.triggers.missed.next()) {
      // More at once.
    }
  }

  List<ExecutionRow> executions(UUID id) {
    return api.executions.list(
        new ExecutionFilter(null, id, null, null, null, null, null, null), Cursor.START, 200);
  }

  long count(String sql, Object... values) {
    return asOwner.read(
        handle -> {
          var query = handle.createQuery(sql);
          for (int i = 0; i < values.length; i++) {
            query.bind(i, values[i]);
          }
          return query.mapTo(Long.class).one();
        });
  }

  void sql(String sql, Object... values) {
    asOwner.transaction(transaction -> transaction.handle().execute(sql, values));
  }

  @Override
  public void close() {
    database.close();
  }
}
