package com.freelync.control.condition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The few kinds of value that conditions know. */
public final class Values {
  /** The business time zone, in which a plain date begins. */
  public static final ZoneId BUSINESS_ZONE = ZoneId.of("Africa/Addis_Ababa");

  private Values() {}

  /** Every number becomes a {@link BigDecimal}; a float only by its printed digits. */
  public static Object normalize(Object value) {
    return switch (value) {
      case BigDecimal number -> number;
      case BigInteger number -> new BigDecimal(number);
      case Double number -> new BigDecimal(number.toString());
      case Float number -> new BigDecimal(number.toString());
      case Number number -> BigDecimal.valueOf(number.longValue());
      default -> value;
    };
  }

  /** The value with each of its numbers in one form, however it was written: 5e3 as 5000. */
  public static Object canonical(Object value) {
    return switch (value) {
      case List<?> list -> list.stream().map(item -> canonical((Object) item)).toList();
      case Map<?, ?> map -> {
        Map<Object, Object> canonical = new LinkedHashMap<>();
        map.forEach((key, item) -> canonical.put(key, canonical((Object) item)));
        yield canonical;
      }
      default -> normalize(value) instanceof BigDecimal number ? plain(number) : value;
    };
  }

  private static BigDecimal plain(BigDecimal number) {
    BigDecimal shortest = number.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  /** The name of a value's kind, for messages. */
  public static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case String text -> "text";
      case Number number -> "a number";
      case Boolean truth -> "true/false";
      case List<?> list -> "a list";
      case Map<?, ?> map -> "an object";
      default -> value.getClass().getSimpleName();
    };
  }

  /** An RFC 3339 time, or a date as its first instant in the business time zone. */
  public static Optional<Instant> instant(String text) {
    if (text.startsWith("+") || text.startsWith("-")) {
      // Java reads years of nine digits; nothing that keeps an instant does.
      return Optional.empty();
    }
    try {
      return Optional.of(
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(BUSINESS_ZONE).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
