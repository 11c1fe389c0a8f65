package com.freelync.control.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Where webhooks may go besides the public Internet.
 *
 * @param allowedHosts names or addresses as URLs have them, which may be private and plain HTTP
 */
public record WebhookSettings(@JsonProperty(required = true) List<String> allowedHosts) {
  /** The public Internet alone. */
  public static final WebhookSettings PUBLIC = new WebhookSettings(List.of());

  public WebhookSettings {
    allowedHosts = List.copyOf(allowedHosts);
  }
}
