package com.freelync.control.automation.backtest;

import com.freelync.control.automation.safety.LimitMeasure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a definition would have done on one event of the past. */
final class Deeds {
  final List<Deed> all = new ArrayList<>();
  final List<HeldUp> heldUp = new ArrayList<>();
  boolean asked;
  @Nullable Boolean approves;

  /** What became of a call. */
  enum End {
    DONE,
    REFUSED,
    SKIPPED,
    FAILED,
    WAITING
  }

  /** A call; the amount in ETB. */
  record Deed(String action, End end, BigDecimal amount, int messages) {}

  /** A call that found a limit full. */
  record HeldUp(
      String action,
      LimitMeasure measure,
      BigDecimal limit,
      Instant window,
      BigDecimal amount,
      @Nullable Instant until) {}

  void add(String action, End end, BigDecimal amount, int messages) {
    all.add(new Deed(action, end, amount, messages));
  }

  BigDecimal amount() {
    return all.stream()
        .filter(deed -> deed.end() == End.DONE)
        .map(Deed::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
