package com.freelync.control.report;

import com.freelync.control.analytics.BusinessTime;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A report that is kept.
 *
 * @param from begin of its period
 * @param to its end, which does not belong to it
 * @param rows how many parts its period has
 * @param size bytes
 * @param sha256 of its bytes, in hexadecimal
 * @param createdBy the automation
 * @param expiresAt until when it is kept at least
 */
public record ArtifactView(
    UUID id,
    String title,
    ReportFormat format,
    String contentType,
    String fileName,
    String period,
    Instant from,
    Instant to,
    int rows,
    int size,
    String sha256,
    UUID executionId,
    String step,
    String createdBy,
    Instant createdAt,
    Instant expiresAt,
    ArtifactLinks links) {
  /** Where it, its bytes, and the run that made it are. */
  public record ArtifactLinks(String self, String content, @Nullable String execution) {}

  static ArtifactView of(Artifact artifact) {
    return new ArtifactView(
        artifact.id(),
        artifact.title(),
        artifact.format(),
        artifact.format().contentType(),
        artifact.fileName(),
        artifact.period(),
        BusinessTime.instant(artifact.periodStart()),
        BusinessTime.instant(artifact.periodEnd()),
        artifact.rowCount(),
        artifact.size(),
        artifact.sha256(),
        artifact.executionId(),
        artifact.step(),
        artifact.createdBy(),
        artifact.createdAt(),
        artifact.expiresAt(),
        new ArtifactLinks(
            "/admin/artifacts/" + artifact.id(),
            artifact.link(),
            "/admin/executions/" + artifact.executionId()));
  }
}
