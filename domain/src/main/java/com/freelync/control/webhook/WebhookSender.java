package com.freelync.control.webhook;

/** The way out for webhooks. */
@FunctionalInterface
public interface WebhookSender {
  /** Of a process that calls nobody. */
  WebhookSender NONE = call -> new WebhookAnswer.NotNow("this process calls no webhooks");

  /** Makes a call; it may have been made before with the same id. */
  WebhookAnswer send(WebhookCall call);
}
