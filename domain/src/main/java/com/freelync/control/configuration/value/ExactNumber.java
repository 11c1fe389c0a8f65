package com.freelync.control.configuration.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Decimal numbers of bounded size, refused before any arithmetic that their size would slow. */
final class ExactNumber {
  static final int MOST_DIGITS = 38;
  static final int MOST_AFTER_POINT = 18;

  /** More than 38 digits need. */
  private static final int MOST_BITS = 127;

  private ExactNumber() {}

  /**
   * The number without trailing zeros and without an exponent; empty where it has too many digits.
   *
   * @throws IllegalArgumentException for a number in floating point: whoever read it lost digits
   */
  static Optional<BigDecimal> of(Number number) {
    return switch (number) {
      case Integer small -> plain(BigDecimal.valueOf(small));
      case Long large -> plain(BigDecimal.valueOf(large));
      case BigInteger whole -> plain(new BigDecimal(whole));
      case BigDecimal decimal -> plain(decimal);
      default ->
          throw new IllegalArgumentException(
              "a number is read exactly, never as " + number.getClass().getSimpleName());
    };
  }

  private static Optional<BigDecimal> plain(BigDecimal number) {
    if (number.signum() == 0) {
      return Optional.of(BigDecimal.ZERO);
    }
    // The length of what is stored is known at once; counting its digits would not be fast.
    if (number.unscaledValue().bitLength() > MOST_BITS || Math.abs((long) number.scale()) > 1_000) {
      return Optional.empty();
    }
    BigDecimal stripped = number.stripTrailingZeros();
    return fits(stripped)
        ? Optional.of(stripped.scale() < 0 ? stripped.setScale(0) : stripped)
        : Optional.empty();
  }

  private static boolean fits(BigDecimal number) {
    int afterPoint = Math.max(0, number.scale());
    int beforePoint = Math.max(0, number.precision() - number.scale());
    return afterPoint <= MOST_AFTER_POINT && beforePoint + afterPoint <= MOST_DIGITS;
  }
}
