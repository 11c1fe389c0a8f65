package com.freelync.control.payout;

import com.freelync.control.ControlCenter;
import com.freelync.control.api.links.Links;
import com.freelync.control.automation.ExecutionFilter;
import com.freelync.control.automation.ExecutionRow;
import com.freelync.control.database.Cursor;
import com.freelync.control.temporal.TemporalSettings;
import java.util.List;
import java.util.UUID;

/** Wires payouts over HTTP. */
public final class PayoutModule {
  private static final int MOST_EXECUTIONS = 20;

  private PayoutModule() {}

  /** The resource; a payout's executions are asked of their own service. */
  public static PayoutResource resource(ControlCenter control, TemporalSettings temporal) {
    return new PayoutResource(
        control.payouts, control.correctionRequests, id -> executionsAbout(control, id), temporal);
  }

  private static List<PayoutView.ExecutionRef> executionsAbout(ControlCenter control, UUID id) {
    ExecutionFilter about = ExecutionFilter.ofEntity("payout", id.toString());
    return control.executions.list(about, Cursor.START, MOST_EXECUTIONS).stream()
        .map(PayoutModule::reference)
        .toList();
  }

  private static PayoutView.ExecutionRef reference(ExecutionRow row) {
    return new PayoutView.ExecutionRef(
        row.id(), row.status(), row.workflowName(), Links.self("/admin/executions/" + row.id()));
  }
}
