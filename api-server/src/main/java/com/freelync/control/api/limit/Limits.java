package com.freelync.control.api.limit;

import com.freelync.control.limit.CallLimit;
import java.time.Duration;

/** The limits of calls. */
public enum Limits {
  /** Everything under {@code /analytics}. */
  ANALYTICS(new CallLimit("analytics", 100, Duration.ofSeconds(60)));

  private final CallLimit limit;

  Limits(CallLimit limit) {
    this.limit = limit;
  }

  /** How often. */
  public CallLimit limit() {
    return limit;
  }
}
