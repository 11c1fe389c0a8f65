package com.freelync.control.sandbox.marketplace;

import com.freelync.control.configuration.ConfigurationReader;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * FreeLync's commission, by the settings that hold: percent of the amount by its tier, rounded to
 * the santim. Where the control center was never reached it is what the platform begins with.
 */
final class Commission {
  private static final int TIERS = 3;

  private final ConfigurationReader settings;

  Commission(ConfigurationReader settings) {
    this.settings = settings;
  }

  /** The commission of a transaction, ETB. */
  BigDecimal of(BigDecimal amount) {
    return amount.multiply(rate(amount)).movePointLeft(2).setScale(2, RoundingMode.HALF_UP);
  }

  /** Percent. */
  private BigDecimal rate(BigDecimal amount) {
    int tier = 1;
    while (tier < TIERS && amount.compareTo(below(tier)) >= 0) {
      tier++;
    }
    return settings.number(
        "commission.tier%d.rate".formatted(tier),
        new BigDecimal(tier == 1 ? "5.0" : tier == 2 ? "3.0" : "2.0"));
  }

  private BigDecimal below(int tier) {
    return settings.number(
        "commission.tier%d.below".formatted(tier),
        new BigDecimal(tier == 1 ? "100000" : "1000000"));
  }
}
