package com.freelync.control.payout;

import java.math.BigDecimal;

/** Money in santim, a hundredth of an ETB: whole numbers, never floating point. */
public final class Santim {
  private Santim() {}

  /**
   * The santim of an amount in ETB.
   *
   * @throws ArithmeticException if it has a fraction of a santim
   */
  public static long of(BigDecimal etb) {
    return etb.movePointRight(2).longValueExact();
  }

  /** The amount in ETB with two decimals. */
  public static BigDecimal toEtb(long santim) {
    return BigDecimal.valueOf(santim, 2);
  }
}
