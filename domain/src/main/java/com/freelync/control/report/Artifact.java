package com.freelync.control.report;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.UUID;

/**
 * A report that is kept, without its bytes.
 *
 * @param executionId the run that made it
 * @param step the place of the step that did
 * @param periodStart begin of its period, by the clock of Addis Ababa
 * @param periodEnd its end, which does not belong to it
 * @param rowCount how many parts its period has
 * @param size bytes
 * @param sha256 of its bytes, in hexadecimal
 * @param createdBy the automation
 * @param expiresAt until when it is kept at least
 */
public record Artifact(
    UUID id,
    UUID executionId,
    String step,
    String title,
    ReportFormat format,
    String period,
    LocalDateTime periodStart,
    LocalDateTime periodEnd,
    int rowCount,
    int size,
    String sha256,
    String createdBy,
    Instant createdAt,
    Instant expiresAt) {
  /** The path at which its bytes are. */
  public String link() {
    return "/admin/artifacts/" + id + "/content";
  }

  /** A name for its file. */
  public String fileName() {
    return "freelync-"
        + period.toLowerCase(Locale.ROOT)
        + "-"
        + periodStart.toLocalDate()
        + "."
        + format.ending();
  }
}
