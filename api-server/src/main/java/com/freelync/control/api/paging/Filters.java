package com.freelync.control.api.paging;

import com.freelync.control.api.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the filters of lists; a wrong one is 400, never an empty list. */
public final class Filters {
  private Filters() {}

  /** Makes sure that a value is one of an enum's. */
  public static <E extends Enum<E>> void among(
      String field, @Nullable String value, Class<E> type) {
    E[] known = type.getEnumConstants();
    if (value != null && Arrays.stream(known).noneMatch(item -> item.name().equals(value))) {
      throw ProblemException.malformed(
          field, "value", field + " is one of " + Arrays.toString(known));
    }
  }

  /** Makes sure that a period does not end before it begins. */
  public static void period(@Nullable Instant from, @Nullable Instant to) {
    if (from != null && to != null && from.isAfter(to)) {
      throw ProblemException.malformed(
          "from", "period", "from is later than to: nothing can lie between; exchange them");
    }
  }

  /** A UUID, if one is given. */
  public static @Nullable UUID id(String field, @Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      return PathIds.canonical(value);
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformed(field, "uuid", field + " is a UUID");
    }
  }

  /** True or false, if one is given. */
  public static @Nullable Boolean truth(String field, @Nullable String value) {
    if (value == null) {
      return null;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw ProblemException.malformed(field, "value", field + " is true or false");
    };
  }

  /** A time, if one is given. */
  public static @Nullable Instant time(String field, @Nullable String value) {
    if (value == null) {
      return null;
    }
    return instant(value)
        .orElseThrow(
            () ->
                ProblemException.malformed(
                    field, "time", field + " is an RFC 3339 time such as 2026-02-01T00:00:00Z"));
  }

  /** The instant of an RFC 3339 time; empty when it is none, or of no year from 1 to 9999. */
  public static Optional<Instant> instant(String value) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(value);
      return time.getYear() >= 1 && time.getYear() <= 9999
          ? Optional.of(time.toInstant())
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
