package com.freelync.control.configuration;

import java.time.Instant;
import java.util.UUID;

/** Asks the metrics and the source. */
public final class LongChangeActivitiesImpl implements LongChangeActivities {
  private final ConfigurationModule settings;

  public LongChangeActivitiesImpl(ConfigurationModule settings) {
    this.settings = settings;
  }

  @Override
  public void submit(UUID id) {
    settings.automatedChanges.submitAsAsked(id);
  }

  @Override
  public String checkGuard(UUID id, long nowMillis) {
    return settings.guards.check(id, Instant.ofEpochMilli(nowMillis));
  }
}
