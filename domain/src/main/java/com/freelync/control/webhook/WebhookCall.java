package com.freelync.control.webhook;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call to a system outside.
 *
 * @param id the same however often it is made, so that its receiver knows a repetition
 * @param method {@code POST} or {@code PUT}
 * @param body JSON
 * @param headers what the call has besides those of the protocol
 * @param secret what signs it; null for a call that is not signed
 */
public record WebhookCall(
    String id,
    URI url,
    String method,
    String body,
    Map<String, String> headers,
    @Nullable String secret) {
  public WebhookCall {
    headers = Map.copyOf(headers);
  }

  /** Without address, words and secret, which have no place in a log. */
  @Override
  public String toString() {
    return "WebhookCall[" + id + "]";
  }
}
