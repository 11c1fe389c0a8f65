package com.freelync.control;

import com.freelync.control.analytics.Analytics;
import com.freelync.control.analytics.CalculateMetrics;
import com.freelync.control.analytics.PlatformMetrics;
import com.freelync.control.analytics.Snapshots;
import com.freelync.control.analytics.TakeSnapshot;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.RequestApproval;
import com.freelync.control.configuration.SecretValues;
import com.freelync.control.configuration.SecretVault;
import com.freelync.control.database.Database;
import com.freelync.control.document.QueryExpiringDocuments;
import com.freelync.control.document.SendExpiryNotifications;
import com.freelync.control.document.UpdateExpiredStatus;
import com.freelync.control.flag.SetFeatureFlag;
import com.freelync.control.maintenance.EnterMaintenance;
import com.freelync.control.notification.Notifications;
import com.freelync.control.notification.OutgoingMessages;
import com.freelync.control.notification.SendNotification;
import com.freelync.control.outbox.Outbox;
import com.freelync.control.report.Artifacts;
import com.freelync.control.report.GenerateReport;
import com.freelync.control.webhook.CallWebhook;
import com.freelync.control.webhook.Webhooks;
import java.time.Clock;
import java.util.List;

/** The actions that measure, report, tell and call, and what they keep. */
public final class BuiltInActions {
  public final OutgoingMessages outgoing;
  public final Artifacts artifacts;
  final List<Action> all;

  BuiltInActions(
      Database database,
      Clock clock,
      AuditLog audit,
      Outbox outbox,
      Notifications notifications,
      Analytics analytics,
      PlatformMetrics platformMetrics,
      Snapshots snapshots,
      SecretVault vault,
      WaysOut ways) {
    Webhooks webhooks = new Webhooks(new SecretValues(database, audit, vault), ways.webhooks());
    outgoing = new OutgoingMessages(database, outbox, webhooks, clock);
    artifacts = new Artifacts(database);
    all =
        List.of(
            new CalculateMetrics(platformMetrics, clock),
            new TakeSnapshot(snapshots),
            new GenerateReport(database, analytics, notifications, audit, ways.printer(), clock),
            new SendNotification(notifications, outgoing, clock),
            new QueryExpiringDocuments(clock),
            new SendExpiryNotifications(database, audit, clock),
            new UpdateExpiredStatus(audit, clock),
            new CallWebhook(webhooks),
            new RequestApproval(),
            new SetFeatureFlag(null),
            new EnterMaintenance(null));
  }
}
