package com.freelync.control.webhook;

/** A call was not taken, for a reason that may pass. The message names no address. */
public final class WebhookNotTaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WebhookNotTaken(String reason) {
    super(reason);
  }
}
