package com.freelync.control.automation;

import com.freelync.control.approval.Approvals;
import com.freelync.control.audit.Actor;
import com.freelync.control.automation.safety.StepWaits;
import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import java.time.Clock;
import java.util.Map;

/** Asks executions to cancel. */
final class Cancellations {
  private final Outbox outbox;
  private final Approvals approvals;
  private final ExecutionEnds ends;
  private final Clock clock;

  Cancellations(Outbox outbox, Approvals approvals, ExecutionEnds ends, Clock clock) {
    this.outbox = outbox;
    this.approvals = approvals;
    this.ends = ends;
    this.clock = clock;
  }

  /**
   * Asks an open execution to cancel, once. One that has not begun ends at once.
   *
   * @param row as it is, locked
   * @param compensates whether what it did is undone, as far as its definition says how
   * @return whether nobody had asked before
   */
  boolean ask(
      Transaction transaction, ExecutionRow row, String reason, boolean compensates, Actor actor) {
    ExecutionDao dao = transaction.attach(ExecutionDao.class);
    if (dao.requestCancel(row.id(), clock.instant(), actor.subject(), reason, compensates) == 0) {
      return false;
    }
    String id = row.id().toString();
    approvals.withdraw(transaction, ExecutionSubject.TYPE, id, reason, actor);
    StepWaits.forget(transaction, row.id());
    if (row.status().equals("PENDING")) {
      dao.finish(row.id(), "CANCELLED", clock.instant(), reason, null);
      ends.over(transaction, row.id());
    }
    outbox.append(transaction, Executions.CANCEL, id, Map.of("run", row.run()), actor.requestId());
    return true;
  }
}
