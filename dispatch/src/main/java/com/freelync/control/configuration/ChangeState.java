package com.freelync.control.configuration;

import com.freelync.control.configuration.ConfigurationProgress.Progress;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a version has come, as much as a workflow needs of it: no value is in it.
 *
 * @param needsSubmission whether the workflow is to submit it
 * @param isOver whether nothing happens to it by itself any more
 * @param isWatched whether its guard watches
 * @param guardEndsAt until when
 * @param nextAt when to look again if nobody rings before; null for never
 * @param lookEverySeconds how often its guard looks
 * @param words what it waits for, for people
 */
public record ChangeState(
    UUID id,
    String key,
    int version,
    String status,
    boolean needsSubmission,
    boolean isOver,
    boolean isWatched,
    @Nullable Instant guardEndsAt,
    @Nullable Instant nextAt,
    long lookEverySeconds,
    String words) {
  /** What a workflow needs. */
  public static ChangeState of(Progress progress) {
    return new ChangeState(
        progress.id(),
        progress.key(),
        progress.version(),
        progress.status(),
        progress.needsSubmission(),
        progress.isOver(),
        progress.isWatched(),
        progress.guardEndsAt(),
        progress.nextAt(),
        progress.lookEverySeconds(),
        progress.words());
  }
}
