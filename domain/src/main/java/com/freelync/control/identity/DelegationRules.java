package com.freelync.control.identity;

import com.freelync.control.problem.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a list of delegates must fulfil, wherever it comes from. Delegation is not passed on: who
 * stands in for the CFO does not stand in for those whom the CFO stands in for.
 */
final class DelegationRules {
  /** How many one person may name. */
  static final int MOST = 20;

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private DelegationRules() {}

  /** All that is wrong with the delegates of the people of a configuration, which is read whole. */
  static List<FieldError> inConfiguration(List<ConfiguredPerson> people) {
    Map<String, List<Delegation>> bySubject = new HashMap<>();
    people.forEach(person -> bySubject.put(person.subject(), person.delegates()));
    List<FieldError> errors = new ArrayList<>();
    for (ConfiguredPerson person : people) {
      errors.addAll(
          check(
              PeopleReader.pointer(person.subject()) + "/delegates",
              person.subject(),
              person.delegates(),
              bySubject::containsKey,
              to -> bySubject.getOrDefault(to, List.of()),
              null));
    }
    return errors;
  }

  /**
   * All that is wrong with one person's delegates.
   *
   * @param at the field that holds the list, as a JSON Pointer
   * @param isKnown whether there is such a person
   * @param delegatesOf whom another person has named
   * @param now the moment before which nothing may end; null if a list may be out of date
   */
  static List<FieldError> check(
      String at,
      String from,
      List<Delegation> delegates,
      Predicate<String> isKnown,
      Function<String, List<Delegation>> delegatesOf,
      @Nullable Instant now) {
    List<FieldError> errors = new ArrayList<>();
    if (delegates.size() > MOST) {
      errors.add(new FieldError(at, "size", "name at most " + MOST + " delegates"));
      return errors;
    }
    Set<String> named = new HashSet<>();
    for (int i = 0; i < delegates.size(); i++) {
      Delegation one = delegates.get(i);
      String item = at + "/" + i;
      if (one.to().equals(from)) {
        errors.add(new FieldError(item + "/to", "oneself", "nobody stands in for themselves"));
      } else if (!isKnown.test(one.to())) {
        errors.add(new FieldError(item + "/to", "unknown", "there is no such person"));
      } else if (!named.add(one.to())) {
        errors.add(new FieldError(item + "/to", "repeated", "name a person once"));
      } else if (delegatesOf.apply(one.to()).stream()
          .anyMatch(
              back ->
                  back.to().equals(from) && one.overlaps(back.validFrom(), back.validUntil()))) {
        errors.add(
            new FieldError(
                item + "/to", "circle", "this person names you for the same time already"));
      }
      errors.addAll(times(item, one, now));
    }
    return errors;
  }

  private static List<FieldError> times(String item, Delegation one, @Nullable Instant now) {
    List<FieldError> errors = new ArrayList<>();
    if (!isStorable(one.validFrom())) {
      errors.add(new FieldError(item + "/valid_from", "range", "a year from 1 to 9999 is needed"));
    }
    if (!isStorable(one.validUntil())) {
      errors.add(new FieldError(item + "/valid_until", "range", "a year from 1 to 9999 is needed"));
    } else if (one.validUntil() != null && now != null && !one.validUntil().isAfter(now)) {
      errors.add(new FieldError(item + "/valid_until", "past", "this moment is over"));
    } else if (one.validFrom() != null
        && one.validUntil() != null
        && !one.validFrom().isBefore(one.validUntil())) {
      errors.add(new FieldError(item + "/valid_until", "order", "this has to be after valid_from"));
    }
    return errors;
  }

  private static boolean isStorable(@Nullable Instant time) {
    return time == null || (!time.isBefore(EARLIEST) && !time.isAfter(LATEST));
  }

  /** A time that can be kept, null if the text is none. */
  static @Nullable Instant time(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      return isStorable(time) ? time : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
