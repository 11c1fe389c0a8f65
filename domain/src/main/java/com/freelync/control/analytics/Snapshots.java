package com.freelync.control.analytics;

import com.freelync.control.analytics.Calculations.Kind;
import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of each day, kept. Taking a day again changes nothing as long as its numbers are the
 * same; numbers that were corrected since make a new revision beside the old ones.
 */
public final class Snapshots {
  /** Who takes those that nobody asks for. */
  public static final String SCHEDULE = "schedule";

  /** After a longer absence only so many missing days are made up for. */
  static final int MOST_MISSED_DAYS = 31;

  /** So many revisions of a day are told, the newest. */
  static final int MOST_REVISIONS = 100;

  private final Database database;
  private final Analytics analytics;
  private final AuditLog audit;
  private final Clock clock;
  private final Supplier<UUID> ids;

  public Snapshots(
      Database database, Analytics analytics, AuditLog audit, Clock clock, Supplier<UUID> ids) {
    this.database = database;
    this.analytics = analytics;
    this.audit = audit;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * What taking one came to.
   *
   * @param snapshot the day's snapshot
   * @param isNew whether it is a new revision; else nothing had changed
   */
  public record Taken(Snapshot snapshot, boolean isNew) {}

  /**
   * Takes a day's snapshot for a person.
   *
   * @param day the day that runs, or one before it
   * @throws IllegalArgumentException for a day to come
   */
  public Taken take(LocalDate day, Actor actor) {
    return take(day, actor.subject(), actor);
  }

  /**
   * Takes what the schedule owes: the days that are over and have none yet, and once more every day
   * that has one, for its numbers may have been corrected.
   *
   * @param after the day that an interrupted attempt came to; null from the beginning
   * @param progress told of each day that is done
   * @return how many revisions are new
   */
  public int takeDue(@Nullable LocalDate after, Consumer<LocalDate> progress) {
    int taken = 0;
    for (LocalDate day : due()) {
      if (after == null || day.isAfter(after)) {
        taken += take(day, SCHEDULE, null).isNew() ? 1 : 0;
        progress.accept(day);
      }
    }
    return taken;
  }

  private TreeSet<LocalDate> due() {
    LocalDate today = today();
    List<LocalDate> known = database.read(handle -> handle.attach(SnapshotDao.class).days());
    TreeSet<LocalDate> days = new TreeSet<>(known);
    LocalDate next = days.isEmpty() ? today.minusDays(1) : days.last().plusDays(1);
    LocalDate first = today.minusDays(MOST_MISSED_DAYS);
    for (LocalDate day = next.isBefore(first) ? first : next;
        day.isBefore(today);
        day = day.plusDays(1)) {
      days.add(day);
    }
    days.removeIf(day -> !day.isBefore(today));
    return days;
  }

  /** The day that runs. */
  public LocalDate today() {
    return BusinessTime.day(clock.instant());
  }

  private Taken take(LocalDate day, String by, @Nullable Actor actor) {
    if (day.isAfter(today())) {
      throw new IllegalArgumentException("there is nothing to take of a day to come");
    }
    Snapshot read = analytics.read(Kind.SNAPSHOT, reading -> read(reading, day, by));
    return database.transaction(
        transaction -> {
          SnapshotDao dao = transaction.attach(SnapshotDao.class);
          dao.lock(day);
          boolean isNew = dao.add(read) == 1;
          Snapshot newest = dao.revisions(day, 1).getFirst();
          if (isNew && actor != null) {
            record(transaction, newest, actor);
          }
          return new Taken(newest, isNew);
        });
  }

  private Snapshot read(Reading reading, LocalDate day, String by) {
    Summary summary = Summary.read(reading, day.atStartOfDay(), day.plusDays(1).atStartOfDay());
    return new Snapshot(
        ids.get(),
        day,
        0,
        reading.asOf(),
        by,
        Json.write(summary.totals().named()),
        Json.write(summary.namedBreakdowns()),
        Json.write(provenance(reading.provenance())));
  }

  private static Map<String, @Nullable Object> provenance(Provenance provenance) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    named.put("source", provenance.source());
    named.put("as_of", provenance.asOf().toString());
    named.put(
        "verified_at", provenance.verifiedAt() == null ? null : provenance.verifiedAt().toString());
    named.put("verified", provenance.verified());
    return named;
  }

  private void record(Transaction transaction, Snapshot snapshot, Actor actor) {
    audit.record(
        transaction,
        AuditEntry.allowed(
            actor,
            "analytics.snapshot",
            "snapshot",
            snapshot.id().toString(),
            Map.of("day", snapshot.day().toString(), "revision", snapshot.revision())));
  }

  /** The snapshots of a time, the newest day first, each in its newest revision. */
  public List<Snapshot> list(LocalDate from, LocalDate to, int limit) {
    return database.read(handle -> handle.attach(SnapshotDao.class).list(from, to, limit));
  }

  /**
   * The revisions of a day, the newest first; of very many the newest 100.
   *
   * @throws RequestRefused.NotFound if it has none
   */
  public List<Snapshot> revisions(LocalDate day) {
    List<Snapshot> revisions =
        database.read(handle -> handle.attach(SnapshotDao.class).revisions(day, MOST_REVISIONS));
    if (revisions.isEmpty()) {
      throw new RequestRefused.NotFound("snapshot", day);
    }
    return revisions;
  }

  /** The snapshot of the newest day that has one. */
  public Optional<Snapshot> latest() {
    return database.read(handle -> handle.attach(SnapshotDao.class).latest());
  }
}
