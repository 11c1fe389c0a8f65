package com.freelync.control.worker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.freelync.control.database.DatabaseSettings;
import com.freelync.control.notification.MailSettings;
import com.freelync.control.temporal.TemporalSettings;

/** The one YAML file of a worker process. */
public record WorkerConfiguration(
    @JsonProperty(required = true) DatabaseSettings database,
    @JsonProperty(required = true) TemporalSettings temporal,
    @JsonProperty(required = true) GatewaySettings gateway,
    @JsonProperty(required = true) MailSettings mail,
    @JsonProperty(required = true) int adminPort,
    @JsonProperty(required = true) int maxConcurrentTasks) {
  /** Where the payment gateway is, and the key that it knows us by. */
  public record GatewaySettings(
      @JsonProperty(required = true) String url, @JsonProperty(required = true) String apiKey) {
    @Override
    public String toString() {
      return "GatewaySettings[url=" + url + "]";
    }
  }
}
