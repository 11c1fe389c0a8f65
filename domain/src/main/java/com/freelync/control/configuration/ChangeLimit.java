package com.freelync.control.configuration;

import com.freelync.control.limit.CallLimit;
import com.freelync.control.limit.CallLimits.Counted;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How many changes a person makes: accepted creates, edits, activations and rollbacks. */
public final class ChangeLimit {
  /** 10 in any hour. */
  public static final CallLimit LIMIT = new CallLimit("config-changes", 10, Duration.ofHours(1));

  private ChangeLimit() {}

  /**
   * A change that was made.
   *
   * @param version as it is now
   * @param counted what is left of the person's limit; null where the same call came before, which
   *     counted
   */
  public record Changed(ConfigurationVersion version, @Nullable Counted counted) {}
}
