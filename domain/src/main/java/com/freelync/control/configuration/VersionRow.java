package com.freelync.control.configuration;

import com.freelync.control.approval.Slot;
import com.freelync.control.database.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A version as it is kept, but for its secret. */
public record VersionRow(
    UUID id,
    String key,
    String category,
    int version,
    @Nullable String valueJson,
    @Nullable UUID secretId,
    String status,
    @Nullable Instant scheduledAt,
    String changeReason,
    String riskLevel,
    String impactJson,
    boolean canRollback,
    @Nullable String guardJson,
    String slotsJson,
    @Nullable Integer restores,
    String contentHash,
    String[] authors,
    int attempt,
    @Nullable String submitAs,
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
    long revision) {

  ConfigStatus state() {
    return ConfigStatus.valueOf(status);
  }

  ConfigCategory group() {
    return ConfigCategory.valueOf(category);
  }

  RiskLevel risk() {
    return RiskLevel.named(riskLevel).orElseThrow();
  }

  boolean isSecret() {
    return secretId != null;
  }

  /** The value as people may see it, in the object form. */
  String shown() {
    return Shown.of(key, valueJson);
  }

  List<Slot> slots() {
    return Json.readLists(slotsJson).stream()
        .map(names -> Slot.of(names.toArray(String[]::new)))
        .toList();
  }

  Optional<Guard> guard() {
    return Optional.ofNullable(guardJson).map(Json::readObject).map(Guard::read);
  }

  /** What is watched now. */
  boolean isWatched() {
    return "WATCHING".equals(guardOutcome);
  }

  /** The refusal of a move that is not among the legal ones. */
  void require(String move) {
    if (!state().moves().contains(move)) {
      throw new com.freelync.control.problem.RequestRefused.IllegalMove(
          "Version %d of %s is %s: %s."
              .formatted(
                  version,
                  key,
                  status,
                  state().moves().isEmpty()
                      ? "nothing can be done with it any more; make a new version"
                      : "what can be done with it is " + String.join(", ", state().moves())),
          state().moves());
    }
  }
}
