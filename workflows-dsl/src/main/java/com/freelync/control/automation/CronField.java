package com.freelync.control.automation;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** One of the five fields of a cron expression, and the numbers that it may name. */
enum CronField {
  MINUTE(0, 59, List.of()),
  HOUR(0, 23, List.of()),
  DAY(1, 31, List.of()),
  MONTH(
      1,
      12,
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
  WEEKDAY(0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  private final int least;
  private final int most;
  private final List<String> names;

  CronField(int least, int most, List<String> names) {
    this.least = least;
    this.most = most;
    this.names = names;
  }

  /**
   * The numbers that a field's text names, in order; a Sunday is 0, also where it is written 7.
   *
   * @throws IllegalArgumentException if it is no list of {@code *}, {@code 5}, {@code 1-5} or one
   *     of them with a step
   */
  List<Integer> parse(String text) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      numbers.addAll(part(part));
    }
    if (this == WEEKDAY && numbers.remove(7)) {
      numbers.add(0);
    }
    return List.copyOf(numbers);
  }

  private List<Integer> part(String text) {
    String[] stepped = text.split("/", -1);
    if (stepped.length > 2) {
      throw wrong(text);
    }
    int step = stepped.length == 2 ? number(stepped[1], text) : 1;
    if (step < 1) {
      throw wrong(text);
    }
    int from = least;
    int to = this == WEEKDAY ? most - 1 : most;
    if (!stepped[0].equals("*")) {
      String[] range = stepped[0].split("-", -1);
      if (range.length > 2) {
        throw wrong(text);
      }
      from = value(range[0], text);
      if (range.length == 2) {
        to = value(range[1], text);
        // FRI-SUN ends with the week.
        to = this == WEEKDAY && to == 0 && from > 0 ? 7 : to;
      } else if (stepped.length == 1) {
        to = from;
      }
    }
    if (from < least || to > most || from > to) {
      throw wrong(text);
    }
    int first = from;
    return IntStream.rangeClosed(from, to).filter(n -> (n - first) % step == 0).boxed().toList();
  }

  private int value(String text, String part) {
    int place = names.indexOf(text.toUpperCase(Locale.ROOT));
    return place >= 0 ? place + least : number(text, part);
  }

  private int number(String text, String part) {
    if (text.isEmpty() || text.length() > 4 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw wrong(part);
    }
    return Integer.parseInt(text);
  }

  private IllegalArgumentException wrong(String part) {
    String shown = part.length() > 40 ? part.substring(0, 40) + "\u2026" : part;
    return new IllegalArgumentException(
        "%s is no %s: write *, a number from %d to %d, a range such as %d-%d, or one with a step such as */%d"
            .formatted(
                shown.isEmpty() ? "nothing" : shown,
                name().toLowerCase(Locale.ROOT),
                least,
                most,
                least + 1,
                least + 3,
                2));
  }
}
