package com.freelync.control.automation;

import java.time.Instant;
import java.util.stream.Stream;

/** When something happens. */
public sealed interface Times {
  /** Its instants after another one, in order. */
  Stream<Instant> after(Instant instant);

  /** Whether an instant is one of its own. */
  boolean isAt(Instant instant);

  /** At each instant of a cron expression. */
  record Again(CronTimes cron) implements Times {
    @Override
    public Stream<Instant> after(Instant instant) {
      return cron.after(instant);
    }

    @Override
    public boolean isAt(Instant instant) {
      return cron.isAt(instant);
    }
  }

  /** Once, at a whole second. */
  record Once(Instant at) implements Times {
    @Override
    public Stream<Instant> after(Instant instant) {
      return Stream.of(at).filter(own -> own.isAfter(instant));
    }

    @Override
    public boolean isAt(Instant instant) {
      return at.equals(instant);
    }
  }
}
