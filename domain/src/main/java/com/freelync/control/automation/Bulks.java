package com.freelync.control.automation;

import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.automation.BulkDao.BulkRow;
import com.freelync.control.automation.BulkDao.Candidate;
import com.freelync.control.automation.BulkDao.Group;
import com.freelync.control.automation.BulkDao.Item;
import com.freelync.control.automation.BulkPreview.LeftOut;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Retries and cancels many executions at once, in two moves: a preview says what would be done, and
 * its token confirms exactly that. Then batch after batch is carried on by a message of the outbox;
 * each execution's state commits together with what is done to it, so nothing is done twice.
 */
public final class Bulks {
  /** The topic of the message that carries one on. */
  public static final String BULK = "automation.bulk";

  /** So many executions at once. */
  public static final int MOST = 10_000;

  private static final int BATCH = 50;

  private final Database database;
  private final AuditLog audit;
  private final Outbox outbox;
  private final ActionCatalog catalog;
  private final Executions executions;
  private final Clock clock;

  Bulks(
      Database database,
      AuditLog audit,
      Outbox outbox,
      ActionCatalog catalog,
      Executions executions,
      Clock clock) {
    this.database = database;
    this.audit = audit;
    this.outbox = outbox;
    this.catalog = catalog;
    this.executions = executions;
    this.clock = clock;
  }

  /**
   * Says what would be done.
   *
   * @throws RequestRefused.Invalid if too many are meant
   */
  public BulkPreview preview(BulkRequest request) {
    return database.read(handle -> BulkSelection.read(handle, request, catalog).preview(request));
  }

  /**
   * Begins to do it.
   *
   * @param id the new operation's id; the same id again gives the first one
   * @param token of the preview
   * @throws RequestRefused.IllegalMove if it would be something else by now, or is nothing
   */
  public Bulk start(UUID id, BulkRequest request, String token, Actor actor) {
    database.transaction(
        transaction -> {
          BulkDao dao = transaction.attach(BulkDao.class);
          if (dao.find(id).isEmpty()) {
            start(transaction, id, request, token, actor);
          }
          return id;
        });
    return get(id);
  }

  private void start(
      Transaction transaction, UUID id, BulkRequest request, String token, Actor actor) {
    BulkDao dao = transaction.attach(BulkDao.class);
    dao.ofToken(token).ifPresent(other -> refuseAgain(other));
    BulkSelection selection = BulkSelection.read(transaction.handle(), request, catalog);
    if (!selection.token(request).equals(token)) {
      throw new RequestRefused.IllegalMove(
          "What would be done has changed since the preview: look at it again.", List.of());
    }
    List<Candidate> chosen = selection.chosen();
    if (chosen.isEmpty()) {
      throw new RequestRefused.IllegalMove("There is nothing to do.", List.of());
    }
    BulkRow row =
        new BulkRow(
            id,
            request.action().name(),
            request.compensates(),
            request.reason(),
            token,
            chosen.size(),
            selection.moved(),
            selection.wouldMove(),
            actor.subject(),
            clock.instant(),
            actor.requestId(),
            "RUNNING",
            null);
    if (dao.insert(row) == 0) {
      dao.ofToken(token).ifPresent(other -> refuseAgain(other));
    }
    dao.insertItems(
        id,
        chosen.stream().map(Candidate::id).toArray(UUID[]::new),
        chosen.stream().map(Candidate::run).toArray(Integer[]::new));
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("action", row.action());
    details.put("compensates", row.compensate());
    details.put("count", row.count());
    details.put("moved", row.moved());
    details.put("would_move", row.wouldMove());
    audit.record(
        transaction,
        AuditEntry.allowed(actor, "execution.bulk", "bulk", id.toString(), details)
            .because(request.reason()));
    carryOn(transaction, id, 0, actor);
  }

  private static void refuseAgain(UUID other) {
    throw new RequestRefused.IllegalMove(
        "It was confirmed before: /admin/executions/bulk/" + other + ".", List.of());
  }

  private void carryOn(Transaction transaction, UUID id, int batch, Actor actor) {
    outbox.append(transaction, BULK, id.toString(), Map.of("batch", batch), actor.requestId());
  }

  /** Does the next batch. Doing it twice, or by two processes at once, does nothing twice. */
  public void next(UUID id, int batch) {
    BulkRow bulk = database.read(handle -> handle.attach(BulkDao.class).find(id)).orElseThrow();
    if (bulk.finishedAt() != null) {
      return;
    }
    Actor actor = new Actor(bulk.createdBy(), bulk.requestId());
    database
        .read(handle -> handle.attach(BulkDao.class).waiting(id, BATCH))
        .forEach(item -> settle(bulk, item, actor));
    database.transaction(
        transaction -> {
          BulkDao dao = transaction.attach(BulkDao.class);
          if (dao.carryOn(id, batch) == 0) {
            return id;
          }
          if (dao.waiting(id, 1).isEmpty()) {
            dao.finish(id, clock.instant());
          } else {
            carryOn(transaction, id, batch + 1, actor);
          }
          return id;
        });
  }

  private void settle(BulkRow bulk, Item item, Actor actor) {
    try {
      database.transaction(
          transaction -> {
            BulkDao dao = transaction.attach(BulkDao.class);
            if (dao.take(bulk.id(), item.place()).isPresent()) {
              act(transaction, bulk, item, actor);
              dao.settle(bulk.id(), item.place(), "DONE", null);
            }
            return item;
          });
    } catch (RequestRefused refused) {
      database.transaction(
          transaction ->
              transaction
                  .attach(BulkDao.class)
                  .settle(
                      bulk.id(), item.place(), "REFUSED", String.valueOf(refused.getMessage())));
    }
  }

  private void act(Transaction transaction, BulkRow bulk, Item item, Actor actor) {
    int run = transaction.attach(ExecutionDao.class).find(item.executionId()).orElseThrow().run();
    if (run != item.run()) {
      throw new RequestRefused.IllegalMove("It was retried in the meantime.", List.of());
    }
    switch (BulkRequest.Action.valueOf(bulk.action())) {
      case RETRY -> executions.retry(transaction, item.executionId(), bulk.reason(), actor);
      case CANCEL ->
          executions.cancel(
              transaction, item.executionId(), bulk.reason(), bulk.compensate(), actor);
    }
  }

  /** How far one is. */
  public Bulk get(UUID id) {
    return database.read(handle -> read(handle, id));
  }

  private static Bulk read(Handle handle, UUID id) {
    BulkDao dao = handle.attach(BulkDao.class);
    BulkRow row = dao.find(id).orElseThrow(() -> new RequestRefused.NotFound("bulk operation", id));
    List<Group> groups = dao.groups(id);
    return new Bulk(
        row.id(),
        BulkRequest.Action.valueOf(row.action()),
        row.compensate(),
        row.reason(),
        row.status(),
        row.count(),
        count(groups, "DONE"),
        count(groups, "REFUSED"),
        row.moved(),
        row.wouldMove(),
        groups.stream()
            .filter(group -> group.state().equals("REFUSED"))
            .map(group -> new LeftOut(group.problem(), group.count(), group.examples()))
            .toList(),
        row.createdBy(),
        row.createdAt(),
        row.finishedAt());
  }

  private static int count(List<Group> groups, String state) {
    return groups.stream()
        .filter(group -> group.state().equals(state))
        .mapToInt(Group::count)
        .sum();
  }
}
