package com.freelync.control.approval;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one person said.
 *
 * @param role the role with which it counts
 * @param decision {@code APPROVED} or {@code REJECTED}
 */
public record WordView(
    String by,
    @Nullable String onBehalfOf,
    @Nullable String role,
    String decision,
    Instant at,
    @Nullable String comment) {
  /** What people said on one request. */
  public static List<WordView> of(Approval approval) {
    return approval.words().stream()
        .map(
            word ->
                new WordView(
                    word.by(),
                    word.onBehalfOf(),
                    word.role(),
                    word.isApproval() ? "APPROVED" : "REJECTED",
                    word.at(),
                    word.comment()))
        .toList();
  }
}
