package com.freelync.control.payout;

import com.freelync.control.worker.RequestIds;
import io.temporal.activity.Activity;
import java.util.List;

/** Reads the gateway's book; how far it came is in our database. */
public final class BookActivitiesImpl implements BookActivities {
  private static final int BATCH = 50;

  private final GatewayBook book;
  private final ReconciliationWork work;

  public BookActivitiesImpl(GatewayBook book, ReconciliationWork work) {
    this.book = book;
    this.work = work;
  }

  @Override
  public boolean comparePage(ReconciliationInput input) {
    try (var ignored = RequestIds.put(input.requestId())) {
      Reconciliation run = work.find(input.id());
      if (run.bookRead() || run.status() != ReconciliationStatus.RUNNING) {
        return true;
      }
      BookPage page = book.page(run.beginsAt(), run.endsAt(), run.position());
      return work.compare(input.id(), run.position(), page);
    }
  }

  @Override
  public int askForMissing(ReconciliationInput input) {
    try (var ignored = RequestIds.put(input.requestId())) {
      int missing = 0;
      List<Unseen> batch = work.unseen(input.id(), "", BATCH);
      while (!batch.isEmpty()) {
        List<Unseen> unknown = batch.stream().filter(this::isUnknown).toList();
        work.missing(input.id(), unknown);
        missing += unknown.size();
        batch = work.unseen(input.id(), batch.getLast().idempotencyKey(), BATCH);
      }
      return missing;
    }
  }

  /** What the gateway wrote shortly before or after the period is in its book all the same. */
  private boolean isUnknown(Unseen unseen) {
    Activity.getExecutionContext().heartbeat(null);
    return book.ofKey(unseen.idempotencyKey()).stream()
        .noneMatch(entry -> entry.kind() == unseen.kind() && entry.id().equals(unseen.reference()));
  }
}
