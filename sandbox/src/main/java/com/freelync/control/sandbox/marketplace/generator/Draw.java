package com.freelync.control.sandbox.marketplace.generator;

import java.util.UUID;

/**
 * Chance for one row, a function of seed, stream and row number alone (SplitMix64 over a hash of
 * the three): rows are independent, so any table can be written without the others.
 */
final class Draw {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  Draw(long seed, long stream, long row) {
    state = mix(mix(seed + GOLDEN * (stream + 1)) + row * GOLDEN);
  }

  /** From 0 up to, not including, 1. */
  double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  /** From 0 up to, not including, the bound. */
  long below(long bound) {
    return (long) (unit() * bound);
  }

  long between(long least, long most) {
    return least + below(most - least + 1);
  }

  <T> T oneOf(java.util.List<T> values) {
    return values.get((int) below(values.size()));
  }

  /**
   * A UUID of version 7: made of the row's time and of chance, so that indexes grow at their end.
   */
  UUID id(long epochMillis) {
    long high = (epochMillis << 16) | 0x7000L | (next() & 0xFFFL);
    long low = (next() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  private long next() {
    state += GOLDEN;
    return mix(state);
  }

  private static long mix(long z) {
    long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
    return y ^ (y >>> 31);
  }
}
