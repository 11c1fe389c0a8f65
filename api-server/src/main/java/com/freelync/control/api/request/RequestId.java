package com.freelync.control.api.request;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The id of a request: the caller's, if it is sane, or a new one. */
public final class RequestId {
  /** The header that carries it, in both directions. */
  public static final String HEADER = "X-Request-Id";

  /** Its name in the logs. */
  static final String MDC_KEY = "request_id";

  static final String ATTRIBUTE = RequestId.class.getName();
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+=@-]{0,127}");

  private RequestId() {}

  /** A new one. It guards nothing, so it is drawn at less cost than a secret is. */
  public static String make() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
            random.nextLong() & ~0xF000L | 0x4000L,
            random.nextLong() & Long.MAX_VALUE >>> 1 | Long.MIN_VALUE)
        .toString();
  }

  /** The header's value if it is sane, else a new one. */
  public static String takeOrMake(@Nullable String header) {
    return header != null && SANE.matcher(header).matches() ? header : make();
  }

  /** The id of the request that this thread serves; null outside one. */
  public static @Nullable String current() {
    return MDC.get(MDC_KEY);
  }

  /** The id of a request that may have failed before any filter saw it. */
  public static String of(Request request) {
    return request.getAttribute(ATTRIBUTE) instanceof String id
        ? id
        : takeOrMake(request.getHeaders().get(HEADER));
  }
}
