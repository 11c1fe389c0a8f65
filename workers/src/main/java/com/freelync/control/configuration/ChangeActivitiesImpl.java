package com.freelync.control.configuration;

import com.freelync.control.failpoint.Failpoint;
import java.time.Instant;
import java.util.UUID;

/** Asks the database. */
public final class ChangeActivitiesImpl implements ChangeActivities {
  private final ConfigurationProgress progress;

  public ChangeActivitiesImpl(ConfigurationProgress progress) {
    this.progress = progress;
  }

  @Override
  public ChangeState advance(UUID id, long nowMillis) {
    ChangeState state = ChangeState.of(progress.advance(id, Instant.ofEpochMilli(nowMillis)));
    Failpoint.CONFIG_ADVANCED.reach();
    return state;
  }
}
