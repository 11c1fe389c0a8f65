package com.freelync.control.notification;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The durable delivery of one mail: tries until a mail server takes it, for a day. */
@WorkflowInterface
public interface MailDelivery {
  /** Sends the mail; fails, for operators to see, if it was given up. Returns what came of it. */
  @WorkflowMethod(name = "MailDelivery")
  MailActivities.Outcome deliver(MailInput input);
}
