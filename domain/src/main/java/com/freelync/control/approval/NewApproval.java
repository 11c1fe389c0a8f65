package com.freelync.control.approval;

import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question to people.
 *
 * @param subjectType the capability that asks, as its {@link ApprovalSubject} names it
 * @param subjectId what is asked about
 * @param subjectKey what of it: a step's path, a version; with the two above its identity
 * @param name the question's short name
 * @param title the question, for people
 * @param link where it is decided, a path of the API
 * @param slots each is filled by a different person
 * @param authors who may not decide
 * @param contentHash the SHA-256 of exactly what is approved
 * @param remindAfter when those who are asked are reminded; null for never
 * @param escalateAfter who is asked besides, and after how long
 * @param timeout after how long it counts as rejected; null for never
 * @param requestId the HTTP request that led to it
 * @param waitsIn the id of the workflow that waits for it; null for a watch of its own
 */
public record NewApproval(
    String subjectType,
    String subjectId,
    String subjectKey,
    String name,
    String title,
    String link,
    List<Slot> slots,
    Set<String> authors,
    String contentHash,
    @Nullable Duration remindAfter,
    SequencedMap<Duration, Slot> escalateAfter,
    @Nullable Duration timeout,
    @Nullable String requestId,
    @Nullable String waitsIn) {
  public NewApproval {
    slots = List.copyOf(slots);
    authors = Set.copyOf(authors);
  }
}
