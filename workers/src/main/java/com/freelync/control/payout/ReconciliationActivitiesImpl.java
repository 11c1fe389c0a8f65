package com.freelync.control.payout;

import com.freelync.control.worker.RequestIds;
import java.util.List;

/** A reconciliation's transactions. */
public final class ReconciliationActivitiesImpl implements ReconciliationActivities {
  private final Reconciliations reconciliations;
  private final ReconciliationWork work;

  public ReconciliationActivitiesImpl(Reconciliations reconciliations, ReconciliationWork work) {
    this.reconciliations = reconciliations;
    this.work = work;
  }

  @Override
  public List<ReconciliationInput> owe() {
    return reconciliations.owe().stream()
        .map(run -> new ReconciliationInput(run.id(), run.requestId()))
        .toList();
  }

  @Override
  public long finish(ReconciliationInput input) {
    try (var ignored = RequestIds.put(input.requestId())) {
      Long differences = work.finish(input.id()).differences();
      return differences == null ? 0 : differences;
    }
  }

  @Override
  public void fail(ReconciliationInput input, String why) {
    try (var ignored = RequestIds.put(input.requestId())) {
      work.fail(input.id(), why);
    }
  }
}
