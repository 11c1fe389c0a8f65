package com.freelync.control.configuration;

import com.freelync.control.analytics.Analytics;
import com.freelync.control.approval.Approvals;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.notification.Notifications;
import com.freelync.control.outbox.Outbox;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** The services of settings, wired. */
public final class ConfigurationModule {
  public final Settings settings;
  public final Configurations configurations;
  public final AutomatedChanges automatedChanges;
  public final SettingRuleChanges ruleChanges;
  public final FreezeWindows freezeWindows;
  public final ConfigurationProgress progress;
  public final Guards guards;
  public final ConfigurationCounts counts;
  final FirstValues firstValues;

  public ConfigurationModule(
      Database database,
      ConfigurationCore core,
      AuditLog audit,
      Approvals approvals,
      Analytics analytics,
      Notifications notifications,
      Outbox outbox,
      SecretVault vault,
      Clock clock,
      Supplier<UUID> ids) {
    core.gate(approvals);
    settings = new Settings(database, approvals, clock);
    ChangeWork work =
        new ChangeWork(database, approvals, core, new Impacts(database, analytics), clock);
    ChangeReader reader = new ChangeReader(vault, ids);
    StoppedChanges stopped = new StoppedChanges(work, notifications);
    configurations = new Configurations(database, audit, approvals, core, work, reader, vault);
    automatedChanges = new AutomatedChanges(work, reader, core.subject, stopped, configurations);
    firstValues = new FirstValues(work, ids);
    ruleChanges = new SettingRuleChanges(database, configurations);
    freezeWindows = new FreezeWindows(database, audit, outbox, clock);
    progress = new ConfigurationProgress(database, core.activation, stopped, outbox, clock);
    guards = new Guards(database, analytics, approvals, core, clock, ids);
    counts = new ConfigurationCounts(database);
  }
}
