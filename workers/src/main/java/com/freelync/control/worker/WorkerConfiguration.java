package com.freelync.control.worker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.freelync.control.database.DatabaseSettings;
import com.freelync.control.notification.MailSettings;
import com.freelync.control.temporal.TemporalSettings;
import com.freelync.control.webhook.WebhookSettings;
import org.jspecify.annotations.Nullable;

/**
 * The one YAML file of a worker process.
 *
 * @param secretKeysFile the keys of secrets, with which webhooks are signed; null for none
 * @param webhooks where webhooks may go besides the public Internet
 */
public record WorkerConfiguration(
    @JsonProperty(required = true) DatabaseSettings database,
    @JsonProperty(required = true) TemporalSettings temporal,
    @JsonProperty(required = true) GatewaySettings gateway,
    @JsonProperty(required = true) MailSettings mail,
    @JsonProperty(required = true) int adminPort,
    @JsonProperty(required = true) int maxConcurrentTasks,
    @Nullable String secretKeysFile,
    @Nullable WebhookSettings webhooks) {
  /** One that keeps no secret and calls the public Internet alone. */
  public WorkerConfiguration(
      DatabaseSettings database,
      TemporalSettings temporal,
      GatewaySettings gateway,
      MailSettings mail,
      int adminPort,
      int maxConcurrentTasks) {
    this(database, temporal, gateway, mail, adminPort, maxConcurrentTasks, null, null);
  }

  /** Where the payment gateway is, and the key that it knows us by. */
  public record GatewaySettings(
      @JsonProperty(required = true) String url, @JsonProperty(required = true) String apiKey) {
    @Override
    public String toString() {
      return "GatewaySettings[url=" + url + "]";
    }
  }
}
