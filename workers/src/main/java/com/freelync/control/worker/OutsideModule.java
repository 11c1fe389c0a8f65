package com.freelync.control.worker;

import com.freelync.control.WaysOut;
import com.freelync.control.configuration.KeysetVault;
import com.freelync.control.configuration.SecretVault;
import com.freelync.control.configuration.secret.SecretKeys;
import com.freelync.control.configuration.secret.Secrets;
import com.freelync.control.report.OpenHtmlPdfPrinter;
import com.freelync.control.webhook.HttpWebhookSender;
import com.freelync.control.webhook.WebhookSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;

/** What a worker reaches outside of the database, and the keys with which it signs. */
final class OutsideModule implements AutoCloseable {
  final SecretVault vault;
  final WaysOut ways;
  private final HttpWebhookSender webhooks;

  OutsideModule(WorkerConfiguration configuration, Clock clock) {
    String keys = Objects.requireNonNullElse(configuration.secretKeysFile(), "");
    vault =
        keys.isBlank()
            ? SecretVault.NONE
            : new KeysetVault(new Secrets(SecretKeys.open(Path.of(keys))));
    webhooks =
        new HttpWebhookSender(
            Objects.requireNonNullElse(configuration.webhooks(), WebhookSettings.PUBLIC), clock);
    ways = new WaysOut(webhooks, new OpenHtmlPdfPrinter());
  }

  @Override
  public void close() {
    try {
      webhooks.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
