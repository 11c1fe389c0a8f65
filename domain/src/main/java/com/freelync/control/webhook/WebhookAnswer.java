package com.freelync.control.webhook;

import org.jspecify.annotations.Nullable;

/** What came of a call. Nothing in it names the address or repeats what was sent. */
public sealed interface WebhookAnswer {
  /**
   * The other side took it.
   *
   * @param status 200 to 299
   * @param excerpt the begin of what it answered, where that is JSON or text; else null
   */
  record Taken(int status, @Nullable String excerpt) implements WebhookAnswer {}

  /** It is refused for good: trying again changes nothing. */
  record Refused(String reason) implements WebhookAnswer {}

  /** It may be taken another time. */
  record NotNow(String reason) implements WebhookAnswer {}
}
