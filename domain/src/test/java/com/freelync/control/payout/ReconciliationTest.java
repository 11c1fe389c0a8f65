package com.freelync.control.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.freelync.control.alert.Alert;
import com.freelync.control.alert.AlertFilter;
import com.freelync.control.database.Cursor;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Reconciliations in their transactions, with books that the test writes. */
class ReconciliationTest {
  private PayoutHouse house;
  private LocalDate today;

  @BeforeEach
  void open() {
    house = new PayoutHouse();
    today = LocalDate.now(ZoneId.of("Africa/Addis_Ababa"));
  }

  @AfterEach
  void close() {
    house.close();
  }

  private UUID run() {
    UUID id = UUID.randomUUID();
    house.api.reconciliations.request(id, today, today.plusDays(1), "a test", PayoutHouse.OPERATOR);
    return id;
  }

  /** What the gateway has of a payout's first attempt. */
  private static BookEntry entry(UUID payout, String id, String key, long santim, boolean isDone) {
    return new BookEntry(
        BookEntryKind.DISBURSEMENT,
        id,
        key,
        payout,
        santim,
        isDone,
        Instant.now().truncatedTo(ChronoUnit.MICROS));
  }

  private static BookEntry paid(UUID payout) {
    return entry(payout, "dsb_" + payout, payout + "/a1", 420_000, true);
  }

  private static BookEntry refused(UUID payout) {
    return entry(payout, "dsb_" + payout, payout + "/a1", 420_000, false);
  }

  /** As if all of our answers were written down an hour ago. */
  private void age() {
    owner("ALTER TABLE control.payout_transfer DISABLE TRIGGER USER");
    owner(
        "UPDATE control.payout_transfer SET settled_at = settled_at - interval '1 hour',"
            + " sending_since = sending_since - interval '1 hour'");
    owner("ALTER TABLE control.payout_transfer ENABLE TRIGGER USER");
  }

  private void owner(String sql) {
    house
        .database
        .as("control_owner")
        .transaction(transaction -> transaction.handle().execute(sql));
  }

  private Reconciliations.Detail reconcile(UUID id, List<List<BookEntry>> pages) {
    @Nullable String position = null;
    for (int i = 0; i < pages.size(); i++) {
      String next = i + 1 < pages.size() ? "page " + (i + 1) : null;
      house.worker.reconciliationWork.compare(id, position, new BookPage(pages.get(i), next));
      position = next;
    }
    house.worker.reconciliationWork.missing(
        id, house.worker.reconciliationWork.unseen(id, "", 100));
    house.worker.reconciliationWork.finish(id);
    return house.api.reconciliations.get(id);
  }

  private static List<Tuple> told(Reconciliations.Detail detail) {
    return detail.differences().stream()
        .map(d -> tuple(d.kind(), d.payoutId(), d.ourSantim(), d.gatewaySantim()))
        .toList();
  }

  private List<Alert> alerts() {
    return alerts(ReconciliationWork.RULE);
  }

  private List<Alert> alerts(String rule) {
    return house.api.alertList.list(new AlertFilter(null, rule, null), Cursor.START, 100);
  }

  @Test
  @DisplayName("PO-1 PO-3: two books that say the same have no difference")
  void agrees() {
    UUID paid = house.paid();
    UUID failed = house.failed();
    Reconciliations.Detail detail = reconcile(run(), List.of(List.of(paid(paid), refused(failed))));
    assertThat(detail.differences()).isEmpty();
    assertThat(detail.run())
        .satisfies(
            run -> {
              assertThat(run.status()).isEqualTo(ReconciliationStatus.COMPLETED);
              assertThat(run.entries()).isEqualTo(2);
              assertThat(run.matched()).isEqualTo(2);
              assertThat(run.gatewaySantim()).isEqualTo(420_000);
              assertThat(run.ourSantim()).isEqualTo(420_000);
            });
    assertThat(alerts()).isEmpty();
  }

  @Test
  @DisplayName("PO-1 PO-2: every difference is found, with both figures, and people are told once")
  void findsEveryDifference() {
    UUID matching = house.paid();
    UUID lost = house.paid();
    UUID less = house.paid();
    UUID refusedHere = house.failed();
    UUID twice = house.paid();
    UUID unknown = UUID.randomUUID();
    // Only what the gateway may have forgotten: what it answered just now may still settle.
    age();
    List<BookEntry> book =
        List.of(
            paid(matching),
            entry(less, "dsb_" + less, less + "/a1", 400_000, true),
            entry(refusedHere, "dsb_" + refusedHere, refusedHere + "/a1", 420_000, true),
            paid(twice),
            entry(twice, "dsb_again", "another key", 420_000, true),
            entry(unknown, "dsb_unknown", "nobody's", 7, true));
    List<List<BookEntry>> pages =
        List.of(book.subList(0, 2), book.subList(2, 4), book.subList(4, 6));
    Reconciliations.Detail first = reconcile(run(), pages);
    assertThat(told(first))
        .containsExactlyInAnyOrder(
            tuple(DifferenceKind.MISSING_THERE, lost, 420_000L, 0L),
            tuple(DifferenceKind.AMOUNT_DIFFERS, less, 420_000L, 400_000L),
            tuple(DifferenceKind.STATE_DIFFERS, refusedHere, 0L, 420_000L),
            tuple(DifferenceKind.PAID_TWICE, twice, 0L, 420_000L),
            tuple(DifferenceKind.MISSING_HERE, unknown, 0L, 7L));
    assertThat(first.run().differences()).isEqualTo(5);
    assertThat(first.run().gatewaySantim()).isEqualTo(4 * 420_000 + 400_000 + 7);
    assertThat(first.run().ourSantim()).isEqualTo(4 * 420_000);
    assertThat(alerts()).hasSize(5);

    Reconciliations.Detail second = reconcile(run(), List.of(book));
    assertThat(told(second)).isEqualTo(told(first));
    assertThat(alerts()).hasSize(5).allSatisfy(one -> assertThat(one.occurrences()).isEqualTo(2));

    List<BookEntry> mended = new ArrayList<>(List.of(paid(matching), paid(lost), paid(less)));
    mended.add(refused(refusedHere));
    mended.add(paid(twice));
    assertThat(reconcile(run(), List.of(mended)).differences()).isEmpty();
    assertThat(alerts()).allSatisfy(one -> assertThat(one.state()).hasToString("RESOLVED"));
  }

  @Test
  @DisplayName("PO-1: what is under way is neither matched nor different")
  void letsThemSettle() {
    UUID sending = house.requested();
    house.decide(sending, "approve_payout");
    house.worker.transfers.begin(sending, 1);
    house.paid();
    Reconciliations.Detail detail = reconcile(run(), List.of(List.of(paid(sending))));
    assertThat(detail.differences()).isEmpty();
    assertThat(detail.run().settling()).isEqualTo(1);
    assertThat(detail.run().matched()).isZero();
  }

  @Test
  @DisplayName("PO-1: a page that is compared twice, or by two at once, counts once")
  void comparesOnce() throws Exception {
    List<BookEntry> entries = IntStream.range(0, 5).mapToObj(i -> paid(house.paid())).toList();
    UUID id = run();
    BookPage page = new BookPage(entries, "page 1");
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Boolean>> calls =
          IntStream.range(0, 8)
              .<Callable<Boolean>>mapToObj(
                  i -> () -> house.worker.reconciliationWork.compare(id, null, page))
              .toList();
      for (Future<Boolean> isRead : threads.invokeAll(calls)) {
        assertThat(isRead.get()).isFalse();
      }
    }
    // The gateway shows two of them again on the next page.
    house.worker.reconciliationWork.compare(
        id, "page 1", new BookPage(entries.subList(3, 5), null));
    house.worker.reconciliationWork.finish(id);
    house.worker.reconciliationWork.finish(id);
    Reconciliation run = house.api.reconciliations.get(id).run();
    assertThat(run.matched()).isEqualTo(5);
    assertThat(run.entries()).isEqualTo(5);
    assertThat(run.gatewaySantim()).isEqualTo(5 * 420_000);
  }

  @Test
  @DisplayName("PO-1: a book that is lost is one alert")
  void tellsOfALostBookOnce() {
    List<BookEntry> strange =
        IntStream.range(0, 60)
            .mapToObj(i -> entry(UUID.randomUUID(), "x" + i, "k" + i, 100, true))
            .toList();
    assertThat(reconcile(run(), List.of(strange)).run().differences()).isEqualTo(60);
    assertThat(alerts()).singleElement().satisfies(a -> assertThat(a.title()).contains("60"));
  }

  @Test
  @DisplayName("PO-1: each business day that has ended is owed once, those that were missed too")
  void owesDays() {
    assertThat(house.worker.reconciliations.owe()).hasSize(1);
    assertThat(house.worker.reconciliations.owe()).as("it is still at work").hasSize(1);
    owner(
        "UPDATE control.reconciliation SET begins_at = begins_at - interval '3 days',"
            + " ends_at = ends_at - interval '3 days'");
    List<Reconciliation> owed = house.worker.reconciliations.owe();
    assertThat(owed).hasSize(4);
    house.worker.reconciliationWork.fail(owed.getFirst().id(), "The book could not be read.");
    assertThat(house.worker.reconciliations.owe()).hasSize(3);
    assertThat(alerts(ReconciliationWork.UNREAD)).hasSize(1);
    assertThat(house.api.reconciliations.list(ReconciliationStatus.FAILED, Cursor.START, 10))
        .singleElement()
        .satisfies(run -> assertThat(run.failure()).contains("could not be read"));
  }
}
