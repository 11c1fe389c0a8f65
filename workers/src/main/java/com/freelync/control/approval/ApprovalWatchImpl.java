package com.freelync.control.approval;

import com.freelync.control.worker.LocalCalls;
import io.temporal.workflow.Workflow;
import java.util.UUID;

/** Watches until it is decided, or until no reminder is left. */
public final class ApprovalWatchImpl implements ApprovalWatch {
  private final Doorbell bell = new Doorbell();
  private final ApprovalWait wait = new ApprovalWait(bell);

  @Override
  public String watch(UUID id) {
    ApprovalState first =
        LocalCalls.records(ApprovalActivities.class, "see how the request stands")
            .advance(id, Workflow.currentTimeMillis());
    ApprovalState last = wait.until("", first, false);
    String end = last.outcome() == null ? "nothing is left to remind of" : last.outcome();
    Workflow.setCurrentDetails(end);
    return end;
  }

  @Override
  public void decided() {
    bell.ring(null);
  }
}
