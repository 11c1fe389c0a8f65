package com.freelync.control.configuration;

import com.freelync.control.approval.Approval;
import com.freelync.control.approval.ApprovalStatus;
import com.freelync.control.approval.Slot;
import com.freelync.control.database.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a setting as people see it.
 *
 * @param value in the object form; a secret is masked
 * @param approvals every question that was asked about it, in order
 * @param heldUntil until when a freeze window holds it
 */
public record ConfigurationVersion(
    UUID id,
    String key,
    String category,
    int version,
    Map<String, Object> value,
    String status,
    @Nullable Instant scheduledAt,
    String changeReason,
    String riskLevel,
    Map<String, Object> impact,
    boolean canRollback,
    Optional<Guard> guard,
    List<Slot> slots,
    @Nullable Integer restores,
    String contentHash,
    List<String> authors,
    int attempt,
    @Nullable Integer baseVersion,
    @Nullable String suspended,
    @Nullable String failure,
    String createdBy,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant approvedAt,
    @Nullable Instant activatedAt,
    @Nullable Instant endedAt,
    @Nullable Instant guardEndsAt,
    @Nullable String guardOutcome,
    @Nullable String guardFinding,
    long revision,
    List<Approval> approvals,
    @Nullable Instant heldUntil) {

  static ConfigurationVersion of(
      VersionRow row, List<Approval> approvals, @Nullable Instant heldUntil) {
    return new ConfigurationVersion(
        row.id(),
        row.key(),
        row.category(),
        row.version(),
        Json.readObject(row.shown()),
        row.status(),
        row.scheduledAt(),
        row.changeReason(),
        row.riskLevel(),
        Json.readObject(row.impactJson()),
        row.canRollback(),
        row.guard(),
        row.slots(),
        row.restores(),
        row.contentHash(),
        List.of(row.authors()),
        row.attempt(),
        row.baseVersion(),
        row.suspended(),
        row.failure(),
        row.createdBy(),
        row.createdAt(),
        row.updatedAt(),
        row.approvedAt(),
        row.activatedAt(),
        row.endedAt(),
        row.guardEndsAt(),
        row.guardOutcome(),
        row.guardFinding(),
        row.revision(),
        approvals,
        heldUntil);
  }

  /** Whether what people said of a question counts for what the version says now. */
  public boolean counts(Approval asked) {
    return asked.status() != ApprovalStatus.WITHDRAWN
        && (!VersionSubject.isOfSubmission(asked) || VersionSubject.isOfAttempt(asked, attempt));
  }

  /** The slots that nobody fills yet. */
  public List<Slot> openSlots() {
    return approvals.stream()
        .filter(Approval::isWaiting)
        .findFirst()
        .map(Approval::openSlots)
        .orElse(List.of());
  }

  /** What changes whenever it does: itself, what people say of it, or what holds it up. */
  public String state() {
    return heldUntil == null ? String.valueOf(revision) : revision + "." + heldUntil;
  }

  /** Whether it may still become active. */
  public boolean isUpcoming() {
    return ConfigStatus.valueOf(status).isUpcoming();
  }
}
