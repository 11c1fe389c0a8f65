package com.freelync.control.configuration;

import com.freelync.control.api.links.Links;
import com.freelync.control.approval.Slot;
import com.freelync.control.approval.WordView;
import com.freelync.control.temporal.TemporalSettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a setting as it is answered.
 *
 * @param value in the object form; a secret is masked
 * @param approvals what people said of it as it is
 * @param withdrawn what people had said before it was edited or submitted again
 * @param slots who is asked
 * @param openSlots whom it waits for
 * @param restores the version whose value it restores
 * @param baseVersion the version that was active when it was approved
 * @param suspended why it does not become active at its instant
 * @param heldUntil until when a freeze window holds it
 */
record ConfigurationVersionView(
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
    @Nullable GuardView guard,
    List<WordView> approvals,
    List<WordView> withdrawn,
    List<List<String>> slots,
    List<List<String>> openSlots,
    @Nullable Integer restores,
    @Nullable Integer baseVersion,
    @Nullable String suspended,
    @Nullable Instant heldUntil,
    @Nullable String failure,
    List<String> authors,
    String createdBy,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant approvedAt,
    @Nullable Instant activatedAt,
    @Nullable Instant endedAt,
    String contentHash,
    Links links) {

  /**
   * What is watched after the activation, and what came of it.
   *
   * @param outcome WATCHING, PASSED, BREACHED (and rolled back), HELD (people are asked), KEPT, or
   *     ENDED (another version took its place)
   */
  record GuardView(
      String metric,
      @Nullable BigDecimal maxDropPercent,
      @Nullable BigDecimal bound,
      String window,
      long minimumSample,
      @Nullable Instant endsAt,
      @Nullable String outcome,
      @Nullable String finding) {
    static GuardView of(Guard guard, ConfigurationVersion version) {
      return new GuardView(
          guard.metric().wireName(),
          guard.maxDropPercent(),
          guard.bound(),
          guard.window().toString(),
          guard.minimumSample(),
          version.guardEndsAt(),
          version.guardOutcome(),
          version.guardFinding());
    }
  }

  static ConfigurationVersionView of(ConfigurationVersion version, TemporalSettings temporal) {
    return new ConfigurationVersionView(
        version.id(),
        version.key(),
        version.category(),
        version.version(),
        version.value(),
        version.status(),
        version.scheduledAt(),
        version.changeReason(),
        version.riskLevel(),
        version.impact(),
        version.canRollback(),
        version.guard().map(guard -> GuardView.of(guard, version)).orElse(null),
        words(version, false),
        words(version, true),
        names(version.slots()),
        names(version.openSlots()),
        version.restores(),
        version.baseVersion(),
        version.suspended(),
        version.heldUntil(),
        version.failure(),
        version.authors(),
        version.createdBy(),
        version.createdAt(),
        version.updatedAt(),
        version.approvedAt(),
        version.activatedAt(),
        version.endedAt(),
        version.contentHash(),
        new Links(
            "/admin/config/versions/" + version.id(),
            version.status().equals("DRAFT")
                ? null
                : temporal.uiLink(ConfigurationChange.temporalId(version.id()))));
  }

  /** An approval counts for exactly what it was given for. */
  private static List<WordView> words(ConfigurationVersion version, boolean isWithdrawn) {
    return version.approvals().stream()
        .filter(asked -> version.counts(asked) != isWithdrawn)
        .flatMap(asked -> WordView.of(asked).stream())
        .toList();
  }

  private static List<List<String>> names(List<Slot> slots) {
    return slots.stream().map(Slot::roleNames).toList();
  }
}
