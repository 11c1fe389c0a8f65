package com.freelync.control.automation;

import com.freelync.control.approval.Approvals;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.outbox.Outbox;
import java.time.Clock;

/** What lets executions begin and what people do to them, wired. */
public final class ControlModule {
  public final Turns turns;
  public final ExecutionIntake intake;
  public final Executions executions;
  public final Bulks bulks;

  public ControlModule(
      Database database,
      AuditLog audit,
      Outbox outbox,
      Approvals approvals,
      StoredDefinitions definitions,
      ActiveAutomations active,
      ActionCatalog catalog,
      ExecutionEnds ends,
      Clock clock) {
    Cancellations cancellations = new Cancellations(outbox, approvals, ends, clock);
    Lanes lanes = new Lanes(outbox, definitions, cancellations, clock);
    turns = new Turns(database, outbox, lanes, clock);
    intake = new ExecutionIntake(turns, clock);
    executions =
        new Executions(
            database,
            audit,
            approvals,
            active,
            catalog,
            intake,
            cancellations,
            lanes,
            turns,
            clock);
    bulks = new Bulks(database, audit, outbox, catalog, executions, clock);
  }
}
