package com.freelync.control.outbox;

import com.freelync.control.ControlCenter;
import com.freelync.control.analytics.RebuildMessages;
import com.freelync.control.approval.ApprovalMessageHandlers;
import com.freelync.control.automation.BacktestMessages;
import com.freelync.control.automation.RunMessages;
import com.freelync.control.automation.TickSchedules;
import com.freelync.control.configuration.ConfigurationMessages;
import com.freelync.control.notification.MailMessages;
import com.freelync.control.notification.OutgoingHandlers;
import com.freelync.control.payout.CorrectionMessages;
import com.freelync.control.payout.ReconciliationMessages;
import com.freelync.control.payout.TransferMessages;
import io.temporal.client.WorkflowClient;
import java.util.HashMap;
import java.util.Map;

/** Every topic's handler, over one client. */
public final class Dispatch {
  private Dispatch() {}

  /** Starts delivering everything that the outbox owes. */
  public static Dispatcher start(ControlCenter control, WorkflowClient client) {
    Map<String, MessageHandler> handlers = new HashMap<>();
    handlers.putAll(new RunMessages(client, control.runs, control.turns, control.bulks).handlers());
    handlers.putAll(new TransferMessages(client).handlers());
    handlers.putAll(new CorrectionMessages(client).handlers());
    handlers.putAll(new ReconciliationMessages(client).handlers());
    handlers.putAll(new MailMessages(client).handlers());
    handlers.putAll(new OutgoingHandlers(client).handlers());
    handlers.putAll(new ApprovalMessageHandlers(client).handlers());
    handlers.putAll(new ConfigurationMessages(client).handlers());
    handlers.putAll(new BacktestMessages(client).handlers());
    handlers.putAll(new RebuildMessages(client).handlers());
    handlers.putAll(TickSchedules.handlers(client, control));
    return Dispatcher.start(control.outbox, handlers);
  }
}
