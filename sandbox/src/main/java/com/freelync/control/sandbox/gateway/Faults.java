package com.freelync.control.sandbox.gateway;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The faults that are still to come, in the order in which they were asked for. */
final class Faults {
  /** How a call goes wrong. */
  enum Mode {
    TIMEOUT_AFTER_SUCCESS,
    ERROR,
    SLOW,
    REFUSE,
    DUPLICATE;

    static final List<String> NAMES =
        Arrays.stream(values()).map(mode -> mode.name().toLowerCase(Locale.ROOT)).toList();
  }

  record Pending(String mode, int times) {}

  private final Deque<Pending> pending = new ArrayDeque<>();

  synchronized void add(String mode, int times) {
    pending.addLast(new Pending(mode, times));
  }

  synchronized Optional<Mode> next() {
    Pending first = pending.pollFirst();
    if (first == null) {
      return Optional.empty();
    }
    if (first.times() > 1) {
      pending.addFirst(new Pending(first.mode(), first.times() - 1));
    }
    return Optional.of(Mode.valueOf(first.mode().toUpperCase(Locale.ROOT)));
  }

  synchronized List<Pending> left() {
    return List.copyOf(pending);
  }

  synchronized void clear() {
    pending.clear();
  }
}
