package com.freelync.control.api.limit;

import com.freelync.control.limit.CallLimit;
import com.freelync.control.limit.CallLimits.Counted;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The headers of the IETF's draft "RateLimit header fields for HTTP"
 * (draft-ietf-httpapi-ratelimit-headers-10), and the three that its older versions had.
 */
public final class RateLimitHeaders {
  private RateLimitHeaders() {}

  /** What a caller is told of a limit. */
  public static Map<String, String> of(CallLimit limit, Counted counted) {
    Map<String, String> headers = new LinkedHashMap<>();
    long next = seconds(counted.next());
    headers.put(
        "RateLimit-Policy",
        "\"%s\";q=%d;w=%d".formatted(limit.name(), limit.most(), limit.window().toSeconds()));
    headers.put("RateLimit", "\"%s\";r=%d;t=%d".formatted(limit.name(), counted.remaining(), next));
    headers.put("RateLimit-Limit", String.valueOf(limit.most()));
    headers.put("RateLimit-Remaining", String.valueOf(counted.remaining()));
    headers.put("RateLimit-Reset", String.valueOf(next));
    return headers;
  }

  /** Rounded up: who waits so long finds room. */
  public static long seconds(Duration duration) {
    return Math.max(1, (duration.toMillis() + 999) / 1_000);
  }
}
