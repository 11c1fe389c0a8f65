package com.freelync.control.payout;

import com.freelync.control.failpoint.Failpoint;
import com.freelync.control.payout.TransferActivities.Order;
import com.freelync.control.worker.RequestIds;
import org.jspecify.annotations.Nullable;

/** The correction's transactions. */
public final class CorrectionActivitiesImpl implements CorrectionActivities {
  private final Corrections corrections;

  public CorrectionActivitiesImpl(Corrections corrections) {
    this.corrections = corrections;
  }

  @Override
  public Question begin(CorrectionInput input) {
    try (var ignored = RequestIds.put(input.requestId())) {
      Corrections.Begun begun = corrections.begin(input.correctionId());
      Failpoint.CORRECTION_BEGUN.reach();
      Correction correction = begun.correction();
      return new Question(
          correction.status().isSettled() ? outcome(correction) : null,
          order(begun.transfer()),
          begun.takesBack() ? takeBack(begun) : null);
    }
  }

  private static Order order(Transfer transfer) {
    return new Order(
        null,
        transfer.payoutId().toString(),
        transfer.idempotencyKey(),
        transfer.amountSantim(),
        transfer.recipient().toString(),
        true);
  }

  private static TakeBack takeBack(Corrections.Begun begun) {
    Transfer transfer = begun.transfer();
    return new TakeBack(
        begun.correction().idempotencyKey(),
        String.valueOf(transfer.gatewayReference()),
        transfer.payoutId().toString(),
        transfer.amountSantim(),
        begun.isRepeated());
  }

  @Override
  public Outcome accepted(CorrectionInput input, @Nullable String reference) {
    try (var ignored = RequestIds.put(input.requestId())) {
      return committed(corrections.accepted(input.correctionId(), reference));
    }
  }

  @Override
  public Outcome refused(CorrectionInput input, String why) {
    try (var ignored = RequestIds.put(input.requestId())) {
      return committed(corrections.refused(input.correctionId(), why));
    }
  }

  private static Outcome committed(Correction correction) {
    Failpoint.CORRECTION_COMMITTED.reach();
    return outcome(correction);
  }

  private static Outcome outcome(Correction correction) {
    return new Outcome(correction.status().name(), correction.refusal());
  }
}
