package com.freelync.control.payout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Holds an entry of the gateway's book against what we know of its key. */
final class BookComparison {
  private BookComparison() {}

  /** What came of it. */
  sealed interface Finding {
    /** Both say the same; what moved, in santim. */
    record Matched(long santim) implements Finding {}

    /** The gateway's answer may still be on its way to us. */
    record Settling() implements Finding {}

    /** They disagree. */
    record Differs(Difference difference) implements Finding {}
  }

  /**
   * The finding.
   *
   * @param ours what we know of its key; null if we never gave it
   * @param wasPaid whether the gateway paid the same payout by another entry
   * @param settlingSince what the gateway was asked, or did, after this may still be on its way
   */
  static Finding of(
      BookEntry theirs, @Nullable OurEntry ours, boolean wasPaid, Instant settlingSince) {
    if (ours != null && ours.isDone() && theirs.id().equals(ours.reference())) {
      return ofTheSame(theirs, ours);
    }
    if (ours != null
        && ours.isOpen()
        && (ours.since().isAfter(settlingSince) || theirs.at().isAfter(settlingSince))) {
      return new Finding.Settling();
    }
    boolean isPayment = theirs.isDone() && theirs.kind() == BookEntryKind.DISBURSEMENT;
    if (isPayment && (wasPaid || (ours != null && ours.isDone()))) {
      // The payment that we know of is an entry of its own.
      return differs(DifferenceKind.PAID_TWICE, theirs, ours, 0);
    }
    if (ours == null) {
      return differs(DifferenceKind.MISSING_HERE, theirs, null, 0);
    }
    if (!theirs.isDone() && ours.status().equals("REFUSED")) {
      return new Finding.Matched(0);
    }
    return differs(DifferenceKind.STATE_DIFFERS, theirs, ours, 0);
  }

  private static Finding ofTheSame(BookEntry theirs, OurEntry ours) {
    if (!theirs.isDone()) {
      return differs(DifferenceKind.STATE_DIFFERS, theirs, ours, ours.bookedSantim());
    }
    boolean agrees =
        theirs.amountSantim() == ours.amountSantim()
            && theirs.amountSantim() == ours.bookedSantim();
    return agrees
        ? new Finding.Matched(theirs.kind().signed(theirs.amountSantim()))
        : differs(DifferenceKind.AMOUNT_DIFFERS, theirs, ours, ours.bookedSantim());
  }

  private static Finding differs(
      DifferenceKind kind, BookEntry theirs, @Nullable OurEntry ours, long booked) {
    BookEntryKind entry = theirs.kind();
    return new Finding.Differs(
        new Difference(
            Difference.subject(kind, theirs.id()),
            kind,
            entry,
            theirs.idempotencyKey(),
            theirs.id(),
            theirs.payoutId(),
            ours == null ? null : ours.status(),
            entry.status(theirs.isDone()),
            entry.signed(booked),
            theirs.isDone() ? entry.signed(theirs.amountSantim()) : 0,
            theirs.at()));
  }
}
