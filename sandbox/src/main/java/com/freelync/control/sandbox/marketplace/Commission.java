package com.freelync.control.sandbox.marketplace;

import com.freelync.control.configuration.ConfigurationReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FreeLync's commission, by the settings that hold: percent of the amount by its tier, rounded to
 * the santim. Where the control center was never reached it is what the platform begins with.
 */
final class Commission {
  private static final Logger LOG = LoggerFactory.getLogger(Commission.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TIERS = 3;

  private final ConfigurationReader settings;

  Commission(ConfigurationReader settings) {
    this.settings = settings;
  }

  /** Waits a moment for what holds, so that a marketplace that begins does not take old rates. */
  void awaitSettings() {
    try {
      if (!settings.awaitReady(PATIENCE)) {
        LOG.warn("The control center does not say which commission holds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
