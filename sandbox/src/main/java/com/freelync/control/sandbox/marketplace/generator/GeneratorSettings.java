package com.freelync.control.sandbox.marketplace.generator;

import java.time.LocalDate;

/**
 * What decides every byte of a generated marketplace.
 *
 * @param transactions how many, from 1,000 to 100 million; the other tables follow from it
 * @param until the last day with data, in Addis Ababa
 */
public record GeneratorSettings(long transactions, long seed, LocalDate until) {
  /** Checks the size. */
  public GeneratorSettings {
    if (transactions < 1_000 || transactions > 100_000_000) {
      throw new IllegalArgumentException("transactions has to be from 1000 to 100000000");
    }
  }
}
