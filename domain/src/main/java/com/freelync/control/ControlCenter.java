package com.freelync.control;

import com.freelync.control.alert.AlertEvaluator;
import com.freelync.control.alert.AlertList;
import com.freelync.control.alert.AlertRules;
import com.freelync.control.alert.Alerts;
import com.freelync.control.alert.ServiceLevel;
import com.freelync.control.alert.ServiceLevels;
import com.freelync.control.analytics.Analytics;
import com.freelync.control.analytics.CalculationTime;
import com.freelync.control.analytics.PlatformMetrics;
import com.freelync.control.analytics.Rebuilds;
import com.freelync.control.analytics.Snapshots;
import com.freelync.control.approval.ApprovalList;
import com.freelync.control.approval.Approvals;
import com.freelync.control.approval.DecisionTime;
import com.freelync.control.approval.PendingApprovals;
import com.freelync.control.approval.StandIns;
import com.freelync.control.audit.AuditExports;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.audit.AuditTrail;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionCatalog;
import com.freelync.control.automation.ActiveAutomations;
import com.freelync.control.automation.AutomationHealth;
import com.freelync.control.automation.AutomationSubject;
import com.freelync.control.automation.Automations;
import com.freelync.control.automation.Bulks;
import com.freelync.control.automation.ControlModule;
import com.freelync.control.automation.EventMatcher;
import com.freelync.control.automation.ExecutionEnds;
import com.freelync.control.automation.ExecutionIntake;
import com.freelync.control.automation.ExecutionSubject;
import com.freelync.control.automation.Executions;
import com.freelync.control.automation.FailureRate;
import com.freelync.control.automation.OpenRuns;
import com.freelync.control.automation.RunApprovals;
import com.freelync.control.automation.RunIdentity;
import com.freelync.control.automation.RunLevels;
import com.freelync.control.automation.RunNotes;
import com.freelync.control.automation.RunSteps;
import com.freelync.control.automation.Runs;
import com.freelync.control.automation.SampleAutomations;
import com.freelync.control.automation.StoredDefinitions;
import com.freelync.control.automation.TriggerModule;
import com.freelync.control.automation.Triggers;
import com.freelync.control.automation.Turns;
import com.freelync.control.automation.Undoing;
import com.freelync.control.automation.backtest.BacktestWork;
import com.freelync.control.automation.backtest.Backtests;
import com.freelync.control.automation.safety.ActionGates;
import com.freelync.control.automation.safety.ActionLimiter;
import com.freelync.control.automation.safety.Breakers;
import com.freelync.control.automation.safety.CallBreaker;
import com.freelync.control.automation.safety.Safeguards;
import com.freelync.control.automation.safety.StepWaits;
import com.freelync.control.configuration.AutomatedChanges;
import com.freelync.control.configuration.ChangeConfig;
import com.freelync.control.configuration.ConfigurationCore;
import com.freelync.control.configuration.ConfigurationModule;
import com.freelync.control.configuration.SampleSettings;
import com.freelync.control.configuration.SecretVault;
import com.freelync.control.database.Database;
import com.freelync.control.database.Ids;
import com.freelync.control.database.Transaction;
import com.freelync.control.event.EntityType;
import com.freelync.control.event.EntityTypes;
import com.freelync.control.event.EventIntake;
import com.freelync.control.event.SourceEntities;
import com.freelync.control.identity.Delegations;
import com.freelync.control.identity.Directory;
import com.freelync.control.identity.DirectorySync;
import com.freelync.control.notification.Inbox;
import com.freelync.control.notification.Notifications;
import com.freelync.control.notification.OwedMails;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.payout.ApprovePayout;
import com.freelync.control.payout.CorrectionRequests;
import com.freelync.control.payout.Corrections;
import com.freelync.control.payout.PayoutEntity;
import com.freelync.control.payout.Payouts;
import com.freelync.control.payout.ReconciliationWork;
import com.freelync.control.payout.Reconciliations;
import com.freelync.control.payout.RejectPayout;
import com.freelync.control.payout.Transfers;
import com.freelync.control.task.TaskModule;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Every service over one database, wired. The API and the workers each make one, so both have the
 * same actions and the same rules.
 */
public final class ControlCenter {
  public final Outbox outbox;
  public final AuditLog audit;
  public final AuditTrail trail;
  public final AuditExports exports;
  public final ActionCatalog catalog;
  public final Approvals approvals;
  public final ApprovalList approvalList;

  /** The circuit breaker of the payment gateway. */
  public final CallBreaker gatewayBreaker;

  public final RunApprovals runApprovals;
  public final Automations automations;
  public final Executions executions;
  public final ExecutionEnds executionEnds;
  public final Turns turns;
  public final Bulks bulks;
  public final EventIntake events;
  public final TriggerModule triggers;
  public final TaskModule tasks;
  public final Runs runs;
  public final RunSteps runSteps;
  public final RunNotes runNotes;
  public final Undoing undoing;
  public final StepWaits stepWaits;
  public final Safeguards safeguards;
  public final Backtests backtests;
  public final BacktestWork backtestWork;
  public final OpenRuns openRuns;
  public final Payouts payouts;
  public final Transfers transfers;
  public final CorrectionRequests correctionRequests;
  public final Corrections corrections;
  public final Reconciliations reconciliations;
  public final ReconciliationWork reconciliationWork;
  public final Directory directory;
  public final DirectorySync directorySync;
  public final Delegations delegations;
  public final Notifications notifications;
  public final Inbox inbox;
  public final OwedMails mails;
  public final Analytics analytics;
  public final Snapshots snapshots;
  public final PlatformMetrics platformMetrics;
  public final Rebuilds rebuilds;
  public final ServiceLevels serviceLevels;
  public final AutomationHealth automationHealth;
  public final PendingApprovals pendingApprovals;
  public final Alerts alerts;
  public final AlertList alertList;
  public final AlertRules alertRules;
  public final AlertEvaluator alertEvaluator;
  public final ConfigurationModule configuration;
  public final BuiltInActions actions;

  /** One whose calculations of metrics nobody hears of. */
  public ControlCenter(Database database, Clock clock) {
    this(database, clock, new Analytics(database));
  }

  /** One that reads metrics in a way of its own, such as with a role that sees no person. */
  public ControlCenter(Database database, Clock clock, Analytics analytics) {
    this(database, clock, analytics, SecretVault.NONE);
  }

  /** One that keeps secrets, with keys of its own. */
  public ControlCenter(Database database, Clock clock, Analytics analytics, SecretVault vault) {
    this(database, clock, analytics, vault, WaysOut.NONE);
  }

  /** One that performs actions outside of the database. */
  public ControlCenter(
      Database database, Clock clock, Analytics analytics, SecretVault vault, WaysOut ways) {
    this.analytics = analytics;
    Supplier<UUID> ids = Ids.timeOrdered();
    outbox = new Outbox(database);
    audit = new AuditLog(database, clock);
    trail = new AuditTrail(database);
    exports = new AuditExports(database, audit, trail, clock);
    directory = new Directory(database, clock);
    directorySync = new DirectorySync(database, audit, clock, ids);
    delegations = new Delegations(database, audit, clock);
    notifications = new Notifications(directory, outbox, clock, ids);
    inbox = new Inbox(database, clock);
    mails = new OwedMails(database, directory, clock);
    snapshots = new Snapshots(database, analytics, audit, clock, ids);
    platformMetrics = new PlatformMetrics(database, analytics, clock);
    rebuilds = new Rebuilds(database, outbox, audit);
    automationHealth = new AutomationHealth(database, clock);
    pendingApprovals = new PendingApprovals(database);
    alerts = new Alerts(database, audit, notifications, clock, ids);
    alertList = new AlertList(database);
    alertRules = new AlertRules(database, directory, audit, clock);
    CalculationTime calculationTime = new CalculationTime();
    alertEvaluator =
        new AlertEvaluator(database, alerts, List.of(new FailureRate(), calculationTime), clock);
    List<ServiceLevel.Source> levels =
        new ArrayList<>(List.of(calculationTime, new DecisionTime()));
    levels.addAll(RunLevels.all());
    serviceLevels = new ServiceLevels(database, levels, clock);
    List<EntityType> kinds = new ArrayList<>(List.of(new PayoutEntity()));
    kinds.addAll(SourceEntities.all());
    EntityTypes entities = new EntityTypes(kinds);
    actions =
        new BuiltInActions(
            database,
            clock,
            audit,
            outbox,
            notifications,
            analytics,
            platformMetrics,
            snapshots,
            vault,
            ways);
    List<Action> all =
        new ArrayList<>(
            List.of(
                new ApprovePayout(outbox, audit, clock),
                new RejectPayout(audit, clock),
                new ChangeConfig(this::automatedChanges, this::authors)));
    all.addAll(actions.all);
    catalog = new ActionCatalog(all, entities);
    StoredDefinitions definitions = new StoredDefinitions();
    ActiveAutomations active = new ActiveAutomations(definitions);
    Triggers arming = new Triggers(outbox);
    AutomationSubject versions = new AutomationSubject(arming, clock);
    ExecutionSubject steps = new ExecutionSubject(outbox, clock);
    ConfigurationCore settings = new ConfigurationCore(audit, alerts, outbox, clock, ids);
    StandIns standIns = new DirectoryStandIns(directory);
    approvalList = new ApprovalList(database, standIns);
    approvals =
        new Approvals(
            database,
            audit,
            standIns,
            notifications,
            outbox,
            List.of(versions, steps, settings.subject),
            clock,
            ids);
    configuration =
        new ConfigurationModule(
            database,
            settings,
            audit,
            approvals,
            analytics,
            notifications,
            outbox,
            vault,
            clock,
            ids);
    automations = new Automations(database, audit, catalog, approvals, arming, clock);
    executionEnds = new ExecutionEnds(outbox);
    ControlModule control =
        new ControlModule(
            database, audit, outbox, approvals, definitions, active, catalog, executionEnds, clock);
    turns = control.turns;
    executions = control.executions;
    bulks = control.bulks;
    ExecutionIntake intake = control.intake;
    runApprovals = new RunApprovals(database, approvals, definitions, clock);
    Breakers breakers = new Breakers(alerts, clock);
    gatewayBreaker = new CallBreaker(database, breakers, "payment_gateway");
    ActionGates gates = new ActionGates(new ActionLimiter(clock), breakers);
    stepWaits = new StepWaits(database, outbox, ExecutionSubject.DECIDED, catalog::limits, clock);
    runs = new Runs(database, definitions, runApprovals, executionEnds, clock);
    runSteps =
        new RunSteps(
            database, catalog, definitions, audit, runApprovals, gates, stepWaits, runs, clock);
    safeguards = new Safeguards(database, audit, breakers, catalog::limits, clock);
    backtests = new Backtests(database, catalog, definitions, outbox, audit, clock);
    backtestWork = new BacktestWork(database, catalog, clock);
    runNotes = new RunNotes(database, clock);
    undoing = new Undoing(database, catalog, definitions);
    EventMatcher matcher = new EventMatcher(entities, active, intake, ids);
    events = new EventIntake(database, matcher, entities, clock, ids);
    triggers = new TriggerModule(database, entities, active, matcher, intake, ids);
    tasks = new TaskModule(database, audit, outbox, triggers.taskRuns, clock, ids);
    openRuns = new OpenRuns(database, outbox, runApprovals, executionEnds, clock);
    payouts = new Payouts(database);
    transfers = new Transfers(database, audit, clock);
    correctionRequests = new CorrectionRequests(database, outbox, audit, clock);
    corrections = new Corrections(database, outbox, audit, clock);
    reconciliations = new Reconciliations(database, outbox, audit, clock, ids);
    reconciliationWork = new ReconciliationWork(database, alerts, clock);
  }

  private Set<String> authors(Transaction transaction, RunIdentity run) {
    return runApprovals.writers(transaction, run.workflowId(), run.version());
  }

  private AutomatedChanges automatedChanges() {
    return configuration.automatedChanges;
  }

  /**
   * Installs the sample automations and settings; the database must be open as the schema's owner.
   */
  public static void installSamples(Database owner, Clock clock) {
    ControlCenter control = new ControlCenter(owner, clock);
    SampleAutomations.install(control.automations);
    SampleSettings.install(control.configuration);
  }
}
