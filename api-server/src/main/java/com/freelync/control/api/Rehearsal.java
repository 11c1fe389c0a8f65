package com.freelync.control.api;

import com.freelync.control.event.EventIntake;
import io.dropwizard.lifecycle.Managed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Before the port opens: the way of an event once, so that the first real one finds it warm. */
final class Rehearsal implements Managed {
  private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);

  private final EventIntake events;

  Rehearsal(EventIntake events) {
    this.events = events;
  }

  @Override
  public void start() {
    try {
      events.rehearse();
    } catch (RuntimeException e) {
      log.warn("events could not be rehearsed, the first ones will be slow: {}", e.getMessage());
    }
  }
}
