package com.freelync.control.payout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A payout's states from its request on: those before its history is kept, as its row has them. */
final class PayoutHistory {
  private PayoutHistory() {}

  static List<PayoutMove> of(Payout payout, List<PayoutMove> kept) {
    String first = kept.isEmpty() ? payout.status() : String.valueOf(kept.getFirst().fromStatus());
    List<PayoutMove> moves = new ArrayList<>();
    moves.add(move(null, "REQUESTED", payout.requestedAt(), null, null));
    switch (PayoutStatus.valueOf(first)) {
      case REQUESTED -> {}
      case REJECTED -> decided(moves, payout, "REJECTED");
      case APPROVED, DISBURSING -> decided(moves, payout, "APPROVED");
      case DISBURSED, REVERSED -> {
        decided(moves, payout, "APPROVED");
        add(moves, "APPROVED", "DISBURSED", payout.disbursedAt(), null, null);
      }
      case FAILED -> {
        decided(moves, payout, "APPROVED");
        add(moves, "APPROVED", "FAILED", payout.failedAt(), null, payout.failureReason());
      }
    }
    moves.addAll(kept);
    return List.copyOf(moves);
  }

  private static void decided(List<PayoutMove> moves, Payout payout, String status) {
    add(
        moves,
        "REQUESTED",
        status,
        payout.decidedAt(),
        payout.decidedBy(),
        payout.decisionReason());
  }

  private static void add(
      List<PayoutMove> moves,
      String from,
      String to,
      @Nullable Instant at,
      @Nullable String by,
      @Nullable String reason) {
    if (at != null) {
      moves.add(move(from, to, at, by, reason));
    }
  }

  private static PayoutMove move(
      @Nullable String from, String to, Instant at, @Nullable String by, @Nullable String reason) {
    return new PayoutMove(from, to, at, by, null, null, reason);
  }
}
