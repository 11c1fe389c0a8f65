package com.freelync.control.configuration;

import com.freelync.control.approval.Approval;
import com.freelync.control.configuration.Activation.Readiness;
import com.freelync.control.configuration.History.Action;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of versions by themselves: at their instant they become active, or say why not. Each
 * step is one transaction; doing it again, too early or too late, does nothing.
 */
public final class ConfigurationProgress {
  /** So late a timer may be without being called late. */
  private static final Duration TIMER = Duration.ofSeconds(1);

  private static final int LOOKS = 20;
  private static final long SHORTEST_LOOK = 2;
  private static final long LONGEST_LOOK = 3_600;

  private final Database database;
  private final Activation activation;
  private final StoppedChanges stopped;
  private final Outbox outbox;
  private final Clock clock;

  ConfigurationProgress(
      Database database,
      Activation activation,
      StoppedChanges stopped,
      Outbox outbox,
      Clock clock) {
    this.clock = clock;
    this.database = database;
    this.activation = activation;
    this.stopped = stopped;
    this.outbox = outbox;
  }

  /**
   * How far a version has come, as much as a workflow needs of it.
   *
   * @param needsSubmission whether somebody asked for it to be submitted by its workflow
   * @param isOver whether nothing happens to it by itself any more
   * @param isWatched whether its guard watches
   * @param guardEndsAt until when
   * @param nextAt when to look again if nobody rings before; null for never
   * @param lookEverySeconds how often its guard looks
   * @param words what it waits for, for people
   */
  public record Progress(
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
      String words) {}

  /** Does what is due, and says how it stands. */
  public Progress advance(UUID id, Instant now) {
    return database.transaction(
        transaction -> {
          ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
          VersionRow seen = Configurations.row(dao, id);
          if (!isDue(seen, now)) {
            return progress(seen, null);
          }
          dao.lock(seen.key());
          VersionRow row = Configurations.row(dao, id);
          // A call that was tried again, or that waited, is of now and not of when it was made.
          Instant present = clock.instant().truncatedTo(ChronoUnit.MICROS);
          Instant at = present.isAfter(now) ? present : now;
          return isDue(row, at) ? step(transaction, row, at) : progress(row, null);
        });
  }

  /** Versions that should have gone on by now: their workflows are woken, or begun again. */
  public int wake(Instant until) {
    return database.transaction(
        transaction -> {
          List<Outbox.Item> due =
              transaction.attach(ConfigurationDao.class).due(until, clock.instant()).stream()
                  .map(id -> new Outbox.Item(id.toString(), Map.of()))
                  .toList();
          outbox.append(transaction, VersionSubject.WATCH, due, null);
          return due.size();
        });
  }

  private static boolean isDue(VersionRow row, Instant now) {
    return row.state() == ConfigStatus.APPROVED
        && row.suspended() == null
        && row.scheduledAt() != null
        && !row.scheduledAt().isAfter(now);
  }

  private Progress step(Transaction transaction, VersionRow row, Instant now) {
    ConfigurationDao dao = transaction.attach(ConfigurationDao.class);
    Readiness readiness =
        activation.readiness(transaction.handle(), row, Content.of(row, null), now);
    switch (readiness) {
      case Readiness.Ready ready ->
          activation.activate(transaction, row, Map.of(), VersionSubject.CLOCK, instant(row, now));
      case Readiness.Frozen frozen -> {
        return progress(row, frozen.until());
      }
      case Readiness.Outdated outdated -> {
        dao.suspend(row.id(), outdated.why(), now);
        stopped.record(transaction, row, Action.SUSPENDED, outdated.why());
      }
      case Readiness.Impossible impossible -> {
        dao.end(row.id(), ConfigStatus.FAILED.name(), impossible.why(), now);
        stopped.record(transaction, row, Action.FAILED, impossible.why());
      }
    }
    return progress(Configurations.row(dao, row.id()), null);
  }

  /** The instant that was asked for, if the timer was no more than a moment late. */
  private static Instant instant(VersionRow row, Instant now) {
    Instant asked = row.scheduledAt();
    return asked != null && Duration.between(asked, now).compareTo(TIMER) < 0 ? asked : now;
  }

  private static Progress progress(VersionRow row, @Nullable Instant frozenUntil) {
    boolean isOver =
        !row.state().isUpcoming() && !(row.state() == ConfigStatus.ACTIVE && row.isWatched());
    return new Progress(
        row.id(),
        row.key(),
        row.version(),
        row.status(),
        row.state() == ConfigStatus.DRAFT && row.submitAs() != null,
        isOver,
        row.state() == ConfigStatus.ACTIVE && row.isWatched(),
        row.guardEndsAt(),
        isOver ? null : nextAt(row, frozenUntil),
        lookEvery(row),
        words(row, frozenUntil));
  }

  private static @Nullable Instant nextAt(VersionRow row, @Nullable Instant frozenUntil) {
    if (frozenUntil != null) {
      return frozenUntil;
    }
    return row.state() == ConfigStatus.APPROVED && row.suspended() == null
        ? row.scheduledAt()
        : null;
  }

  /** A twentieth of the window, at least every hour. */
  private static long lookEvery(VersionRow row) {
    return row.guard()
        .map(guard -> guard.window().toSeconds() / LOOKS)
        .map(seconds -> Math.clamp(seconds, SHORTEST_LOOK, LONGEST_LOOK))
        .orElse(LONGEST_LOOK);
  }

  /** No value and no words of people are in it: it stands in Temporal's histories. */
  private static String words(VersionRow row, @Nullable Instant frozenUntil) {
    return switch (row.state()) {
      case DRAFT -> "is written";
      case PENDING -> "waits for " + Approval.inWords(row.slots());
      case APPROVED ->
          frozenUntil != null
              ? "is held by a freeze window until " + frozenUntil
              : row.suspended() != null
                  ? "is suspended: people are to be asked again"
                  : row.scheduledAt() == null
                      ? "is approved and waits for activate"
                      : "becomes active at " + row.scheduledAt();
      case ACTIVE ->
          row.isWatched() ? "is active, and watched until " + row.guardEndsAt() : "is active";
      case FAILED -> "failed: its record says why";
      case REJECTED, SUPERSEDED, ROLLED_BACK, CANCELLED -> "is " + row.status();
    };
  }
}
