package com.freelync.control;

import com.freelync.control.report.PdfPrinter;
import com.freelync.control.webhook.WebhookSender;

/**
 * What actions do outside of the database, by the adapters of the process that performs them.
 *
 * @param webhooks calls other systems
 * @param printer prints pages
 */
public record WaysOut(WebhookSender webhooks, PdfPrinter printer) {
  /** Of a process that performs no such action. */
  public static final WaysOut NONE = new WaysOut(WebhookSender.NONE, PdfPrinter.NONE);
}
