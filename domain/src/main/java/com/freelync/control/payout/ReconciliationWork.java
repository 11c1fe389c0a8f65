package com.freelync.control.payout;

import com.freelync.control.alert.Alerts;
import com.freelync.control.database.Database;
import com.freelync.control.database.Json;
import com.freelync.control.database.Transaction;
import com.freelync.control.payout.BookComparison.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The work of a reconciliation, page by page. Each step is one transaction with the place that was
 * reached, so a run that dies goes on there, and a step that is taken twice counts once.
 */
public final class ReconciliationWork {
  /** The rule of the alerts that differences raise. */
  public static final String RULE = "payout.reconciliation_difference";

  /** The rule of the alert that a book raises which could not be read. */
  public static final String UNREAD = "payout.reconciliation_failed";

  /** How long an answer of the gateway may be on its way to us. */
  private static final Duration SETTLING = Duration.ofMinutes(15);

  /** More differences than these are one alert: a book that is lost is one finding. */
  private static final int MOST_ALERTS = 50;

  private final Database database;
  private final Alerts alerts;
  private final Clock clock;

  public ReconciliationWork(Database database, Alerts alerts, Clock clock) {
    this.database = database;
    this.alerts = alerts;
    this.clock = clock;
  }

  /** The run as it stands. */
  public Reconciliation find(UUID id) {
    return database.read(
        handle ->
            handle
                .attach(ReconciliationDao.class)
                .find(id)
                .orElseThrow(() -> new IllegalStateException("no reconciliation " + id)));
  }

  /**
   * Compares a page of the gateway's book and moves on, unless another did.
   *
   * @param position from where it was read
   * @return whether the whole book was read
   */
  public boolean compare(UUID id, @Nullable String position, BookPage page) {
    return database.transaction(
        transaction -> {
          Reconciliation run = lock(transaction, id);
          boolean isHere =
              run.status() == ReconciliationStatus.RUNNING
                  && !run.bookRead()
                  && Objects.equals(run.position(), position);
          if (!isHere) {
            return run.bookRead();
          }
          // The gateway may show an entry twice while it writes: it counts once.
          Tally tally = compare(transaction, id, page.entries());
          boolean isRead = page.next() == null;
          transaction
              .attach(ReconciliationDao.class)
              .advance(
                  id,
                  page.next(),
                  isRead,
                  tally.entries,
                  tally.matched,
                  tally.settling,
                  tally.santim);
          return isRead;
        });
  }

  /** What a page adds to its run. */
  private static final class Tally {
    private int entries;
    private int matched;
    private int settling;
    private long santim;
  }

  private Tally compare(Transaction transaction, UUID id, List<BookEntry> entries) {
    BookDao book = transaction.attach(BookDao.class);
    ReconciliationDao dao = transaction.attach(ReconciliationDao.class);
    List<String> names =
        book.keep(id, Json.write(entries.stream().map(ReconciliationWork::row).toList()));
    Instant settlingSince = clock.instant().minus(SETTLING);
    Tally tally = new Tally();
    for (BookDao.Beside both : book.beside(id, names.toArray(String[]::new))) {
      tally.entries++;
      switch (BookComparison.of(both.theirs(), both.ours(), both.wasPaid(), settlingSince)) {
        case Finding.Matched matched -> {
          tally.matched++;
          tally.santim += matched.santim();
        }
        case Finding.Settling settling -> tally.settling++;
        case Finding.Differs differs -> dao.differs(id, differs.difference());
      }
    }
    return tally;
  }

  private static Map<String, Object> row(BookEntry entry) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("kind", entry.kind().name());
    row.put("id", entry.id());
    row.put("idempotency_key", entry.idempotencyKey());
    if (entry.payoutId() != null) {
      row.put("payout_id", entry.payoutId().toString());
    }
    row.put("amount_santim", entry.amountSantim());
    row.put("is_done", entry.isDone());
    row.put("at", entry.at().toString());
    return row;
  }

  /**
   * Money that moved in the period as we were told, not within the last minutes, and that the book
   * did not name; after a key, in the order of keys.
   */
  public List<Unseen> unseen(UUID id, String after, int limit) {
    Reconciliation run = find(id);
    Instant settled = clock.instant().minus(SETTLING);
    Instant to = run.endsAt().isBefore(settled) ? run.endsAt() : settled;
    return database.read(
        handle -> handle.attach(BookDao.class).unseen(id, run.beginsAt(), to, after, limit));
  }

  /** Writes down that the gateway, asked by their keys, does not know them. */
  public void missing(UUID id, List<Unseen> unknown) {
    database.transaction(
        transaction -> {
          if (lock(transaction, id).status() == ReconciliationStatus.RUNNING) {
            ReconciliationDao dao = transaction.attach(ReconciliationDao.class);
            unknown.forEach(unseen -> dao.differs(id, unseen.missing()));
          }
          return unknown;
        });
  }

  /** Ends a run: sums it up, and tells people of what differs. */
  public Reconciliation finish(UUID id) {
    return database.transaction(
        transaction -> {
          Reconciliation run = lock(transaction, id);
          if (run.status() != ReconciliationStatus.RUNNING) {
            return run;
          }
          ReconciliationDao dao = transaction.attach(ReconciliationDao.class);
          dao.complete(id, clock.instant());
          dao.forgetEntries(id);
          Reconciliation ended = dao.find(id).orElseThrow();
          tell(transaction, ended, dao);
          return ended;
        });
  }

  /** Ends a run whose book could not be read. */
  public void fail(UUID id, String why) {
    database.transaction(
        transaction -> {
          ReconciliationDao dao = transaction.attach(ReconciliationDao.class);
          if (dao.fail(id, clock.instant(), why) == 1) {
            dao.forgetEntries(id);
            Reconciliation run = dao.find(id).orElseThrow();
            alerts.report(
                transaction,
                UNREAD,
                period(run),
                "The payment gateway's book was not held against ours: " + why,
                Map.of("reconciliation_id", id.toString()));
          }
          return id;
        });
  }

  private void tell(Transaction transaction, Reconciliation run, ReconciliationDao dao) {
    alerts.clear(transaction, UNREAD, period(run), "The book was read.");
    for (String settled : dao.settledSince(run.id())) {
      alerts.clear(transaction, RULE, settled, "Both books agree by now.");
    }
    List<Difference> found = dao.differences(run.id(), MOST_ALERTS + 1);
    if (found.size() > MOST_ALERTS) {
      alerts.report(
          transaction,
          RULE,
          period(run),
          "The payment gateway's book and ours differ in " + run.differences() + " entries",
          Map.of("reconciliation_id", run.id().toString()));
      return;
    }
    alerts.clear(transaction, RULE, period(run), "Fewer entries differ by now.");
    found.stream()
        .sorted(Comparator.comparing(Difference::subject))
        .forEach(
            difference ->
                alerts.report(
                    transaction,
                    RULE,
                    difference.subject(),
                    difference.title(),
                    facts(run, difference)));
  }

  private static String period(Reconciliation run) {
    return "period:" + run.beginsAt() + "/" + run.endsAt();
  }

  private static Map<String, Object> facts(Reconciliation run, Difference difference) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("reconciliation_id", run.id().toString());
    facts.put("kind", difference.kind().name());
    facts.put("idempotency_key", difference.idempotencyKey());
    facts.put("gateway_amount", Santim.toEtb(difference.gatewaySantim()));
    facts.put("our_amount", Santim.toEtb(difference.ourSantim()));
    if (difference.payoutId() != null) {
      facts.put("payout_id", difference.payoutId().toString());
    }
    return facts;
  }

  private static Reconciliation lock(Transaction transaction, UUID id) {
    return transaction
        .attach(ReconciliationDao.class)
        .lock(id)
        .orElseThrow(() -> new IllegalStateException("no reconciliation " + id));
  }
}
