package com.freelync.control.notification;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The durable delivery of one message to another system: tries until it is taken, for a day. */
@WorkflowInterface
public interface OutgoingDelivery {
  /** Delivers it; fails, for operators to see, if it was given up. Returns what came of it. */
  @WorkflowMethod(name = "OutgoingDelivery")
  OutgoingActivities.Outcome deliver(OutgoingInput input);
}
