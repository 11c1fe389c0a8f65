package com.freelync.control;

import com.freelync.control.audit.AuditLog;
import com.freelync.control.automation.ActionCatalog;
import com.freelync.control.automation.ActiveAutomations;
import com.freelync.control.automation.Automations;
import com.freelync.control.automation.EventMatcher;
import com.freelync.control.automation.ExecutionIntake;
import com.freelync.control.automation.Executions;
import com.freelync.control.automation.OpenRuns;
import com.freelync.control.automation.Runs;
import com.freelync.control.automation.SampleAutomations;
import com.freelync.control.automation.StoredDefinitions;
import com.freelync.control.database.Database;
import com.freelync.control.database.Ids;
import com.freelync.control.event.EntityTypes;
import com.freelync.control.event.EventIntake;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.payout.ApprovePayout;
import com.freelync.control.payout.PayoutEntity;
import com.freelync.control.payout.Payouts;
import com.freelync.control.payout.RejectPayout;
import com.freelync.control.payout.Transfers;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Every service over one database, wired. The API and the workers each make one, so both have the
 * same actions and the same rules.
 */
public final class ControlCenter {
  public final Outbox outbox;
  public final AuditLog audit;
  public final ActionCatalog catalog;
  public final Automations automations;
  public final Executions executions;
  public final EventIntake events;
  public final Runs runs;
  public final OpenRuns openRuns;
  public final Payouts payouts;
  public final Transfers transfers;

  public ControlCenter(Database database, Clock clock) {
    Supplier<UUID> ids = Ids.timeOrdered();
    outbox = new Outbox(database);
    audit = new AuditLog(database, clock);
    EntityTypes entities = new EntityTypes(List.of(new PayoutEntity()));
    catalog =
        new ActionCatalog(
            List.of(new ApprovePayout(outbox, audit, clock), new RejectPayout(audit, clock)),
            entities);
    StoredDefinitions definitions = new StoredDefinitions();
    ActiveAutomations active = new ActiveAutomations(definitions);
    ExecutionIntake intake = new ExecutionIntake(outbox, clock);
    automations = new Automations(database, audit, catalog, clock);
    executions = new Executions(database, audit, outbox, active, catalog, intake, clock);
    events =
        new EventIntake(
            database, new EventMatcher(entities, active, intake, ids), entities, clock, ids);
    runs = new Runs(database, catalog, definitions, audit, clock);
    openRuns = new OpenRuns(database, outbox, clock);
    payouts = new Payouts(database);
    transfers = new Transfers(database, audit, clock);
  }

  /** Installs the sample automations; the database must be open as the schema's owner. */
  public static void installSamples(Database owner, Clock clock) {
    SampleAutomations.install(owner, new ControlCenter(owner, clock).catalog, clock);
  }
}
