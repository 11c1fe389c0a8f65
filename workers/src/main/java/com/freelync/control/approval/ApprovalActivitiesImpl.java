package com.freelync.control.approval;

import com.freelync.control.failpoint.Failpoint;
import java.time.Instant;
import java.util.UUID;

/** Asks the gate. */
public final class ApprovalActivitiesImpl implements ApprovalActivities {
  private final Approvals approvals;

  public ApprovalActivitiesImpl(Approvals approvals) {
    this.approvals = approvals;
  }

  @Override
  public ApprovalState advance(UUID id, long nowMillis) {
    ApprovalState state = ApprovalState.of(approvals.advance(id, Instant.ofEpochMilli(nowMillis)));
    Failpoint.DECISION_READ.reach();
    return state;
  }
}
