package com.freelync.control.payout;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.payout.BookComparison.Finding;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("PO-1 PO-3: an entry of the gateway's book beside ours")
class BookComparisonTest {
  private static final Instant NOW = Instant.parse("2026-11-29T06:00:00Z");
  private static final Instant SETTLED = NOW.minusSeconds(900);
  private static final UUID PAYOUT = UUID.randomUUID();

  private static BookEntry theirs(BookEntryKind kind, String id, long santim, boolean isDone) {
    return new BookEntry(kind, id, PAYOUT + "/a1", PAYOUT, santim, isDone, NOW.minusSeconds(4_000));
  }

  private static BookEntry paid(String id, long santim) {
    return theirs(BookEntryKind.DISBURSEMENT, id, santim, true);
  }

  private static OurEntry ours(String status, @Nullable String reference, long booked) {
    return new OurEntry(status, reference, 100, booked, NOW.minusSeconds(5_000));
  }

  private static Finding find(BookEntry theirs, @Nullable OurEntry ours, boolean wasPaid) {
    return BookComparison.of(theirs, ours, wasPaid, SETTLED);
  }

  private static void assertDiffers(
      Finding finding, DifferenceKind kind, long ours, long gateways) {
    assertThat(finding)
        .isInstanceOfSatisfying(
            Finding.Differs.class,
            differs -> {
              assertThat(differs.difference().kind()).isEqualTo(kind);
              assertThat(differs.difference().ourSantim()).isEqualTo(ours);
              assertThat(differs.difference().gatewaySantim()).isEqualTo(gateways);
            });
  }

  @Test
  @DisplayName("PO-1: what both say matches, by what moved")
  void matches() {
    assertThat(find(paid("d", 100), ours("PAID", "d", 100), true))
        .isEqualTo(new Finding.Matched(100));
    assertThat(find(theirs(BookEntryKind.REVERSAL, "r", 100, true), ours("DONE", "r", 100), false))
        .isEqualTo(new Finding.Matched(-100));
    assertThat(
            find(
                theirs(BookEntryKind.DISBURSEMENT, "d", 100, false),
                ours("REFUSED", null, 0),
                false))
        .isEqualTo(new Finding.Matched(0));
  }

  @Test
  @DisplayName("PO-1: an amount differs from what was asked for, or from what the ledger has")
  void amounts() {
    assertDiffers(
        find(paid("d", 101), ours("PAID", "d", 100), false),
        DifferenceKind.AMOUNT_DIFFERS,
        100,
        101);
    assertDiffers(
        find(paid("d", 100), ours("PAID", "d", 0), false), DifferenceKind.AMOUNT_DIFFERS, 0, 100);
  }

  @Test
  @DisplayName("PO-2: what was paid by another entry, here or there, is paid twice")
  void paidTwice() {
    assertDiffers(find(paid("e", 100), null, true), DifferenceKind.PAID_TWICE, 0, 100);
    assertDiffers(
        find(paid("e", 100), ours("PAID", "d", 100), false), DifferenceKind.PAID_TWICE, 0, 100);
    assertDiffers(
        find(paid("e", 100), ours("REFUSED", null, 0), true), DifferenceKind.PAID_TWICE, 0, 100);
  }

  @Test
  @DisplayName("PO-1: an entry whose key we never gave is missing here")
  void missingHere() {
    assertDiffers(find(paid("d", 100), null, false), DifferenceKind.MISSING_HERE, 0, 100);
    assertDiffers(
        find(theirs(BookEntryKind.REVERSAL, "r", 100, true), null, false),
        DifferenceKind.MISSING_HERE,
        0,
        -100);
  }

  @Test
  @DisplayName("PO-1: states differ where one says that money moved and the other does not")
  void states() {
    assertDiffers(
        find(paid("d", 100), ours("REFUSED", null, 0), false),
        DifferenceKind.STATE_DIFFERS,
        0,
        100);
    assertDiffers(
        find(theirs(BookEntryKind.DISBURSEMENT, "d", 100, false), ours("PAID", "d", 100), false),
        DifferenceKind.STATE_DIFFERS,
        100,
        0);
    assertDiffers(
        find(paid("d", 100), ours("SENDING", null, 0), false),
        DifferenceKind.STATE_DIFFERS,
        0,
        100);
  }

  @Test
  @DisplayName("PO-1: what is under way right now is no difference, whatever the book says")
  void settling() {
    OurEntry underWay = new OurEntry("SENDING", null, 100, 0, NOW.minusSeconds(3));
    assertThat(find(paid("d", 100), underWay, false)).isEqualTo(new Finding.Settling());
    assertThat(find(theirs(BookEntryKind.DISBURSEMENT, "d", 100, false), underWay, false))
        .isEqualTo(new Finding.Settling());
    BookEntry justDone =
        new BookEntry(BookEntryKind.DISBURSEMENT, "d", "k", PAYOUT, 100, true, NOW);
    assertThat(find(justDone, ours("SENDING", null, 0), false)).isEqualTo(new Finding.Settling());
  }

  @Test
  @DisplayName("PO-1: a subject fits an alert, and two long names have two")
  void subjects() {
    String first = Difference.subject(DifferenceKind.AMOUNT_DIFFERS, "x".repeat(200));
    String second = Difference.subject(DifferenceKind.AMOUNT_DIFFERS, "x".repeat(199) + "y");
    assertThat(first).hasSizeLessThanOrEqualTo(200).isNotEqualTo(second);
  }
}
