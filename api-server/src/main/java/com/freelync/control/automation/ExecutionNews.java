package com.freelync.control.automation;

import com.freelync.control.api.stream.EventStream;
import com.freelync.control.automation.ExecutionView.CancelView;
import com.freelync.control.automation.ExecutionView.HoldView;
import com.freelync.control.automation.ExecutionView.StepView;
import com.freelync.control.automation.ExecutionView.WaitView;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of an execution is told: first all of it, then what changed. An event's id stands
 * for the state that is complete with it, so who comes again with the id of the present state is
 * told nothing twice, and who comes with an older one is told all.
 */
final class ExecutionNews {
  private final Function<Object, String> written;
  private long place;
  private @Nullable ExecutionView before;
  private boolean isOver;

  /**
   * @param written writes JSON
   * @param known the state that the reader has; negative for none
   */
  ExecutionNews(Function<Object, String> written, long known) {
    this.written = written;
    this.place = known;
  }

  /** Where it stands. */
  record StatusNews(
      String status,
      @Nullable String reason,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable Long durationMs,
      @Nullable Map<String, Object> error,
      @Nullable CancelView cancel) {
    static StatusNews of(ExecutionView view) {
      return new StatusNews(
          view.status(),
          view.reason(),
          view.startedAt(),
          view.finishedAt(),
          view.durationMs(),
          view.error(),
          view.cancel());
    }
  }

  /** For what it waits. */
  record WaitNews(List<HoldView> waits, @Nullable WaitView waitsFor) {
    static WaitNews of(ExecutionView view) {
      return new WaitNews(view.waits(), view.waitsFor());
    }
  }

  private record Piece(String name, Object data) {}

  /** The events that lead from what was told before to this state. */
  List<byte[]> of(ExecutionView now) {
    if (isOver) {
      return List.of();
    }
    long next = place(written.apply(now));
    List<Piece> pieces = next == place ? new ArrayList<>() : pieces(now);
    isOver = now.finishedAt() != null;
    if (isOver) {
      pieces.add(new Piece("end", Map.of("status", now.status())));
    }
    List<byte[]> events = new ArrayList<>();
    for (Piece piece : pieces) {
      boolean isLast = piece == pieces.getLast();
      events.add(
          EventStream.event(
              piece.name(), isLast ? next : Math.max(place, 0), written.apply(piece.data())));
    }
    place = next;
    before = now;
    return events;
  }

  private List<Piece> pieces(ExecutionView now) {
    ExecutionView old = before;
    if (old == null) {
      return new ArrayList<>(List.of(new Piece("execution", now)));
    }
    List<Piece> pieces = new ArrayList<>();
    Set<StepView> told = new HashSet<>(steps(old));
    steps(now).stream()
        .filter(step -> !told.contains(step))
        .forEach(step -> pieces.add(new Piece("step", step)));
    if (!WaitNews.of(old).equals(WaitNews.of(now))) {
      pieces.add(new Piece("wait", WaitNews.of(now)));
    }
    if (!StatusNews.of(old).equals(StatusNews.of(now))) {
      pieces.add(new Piece("status", StatusNews.of(now)));
    }
    return pieces.isEmpty() ? new ArrayList<>(List.of(new Piece("execution", now))) : pieces;
  }

  private static List<StepView> steps(ExecutionView view) {
    return Objects.requireNonNullElse(view.steps(), List.of());
  }

  private static long place(String state) {
    return Hashing.sha256().hashString(state, StandardCharsets.UTF_8).asLong() & Long.MAX_VALUE;
  }
}
