package com.freelync.control.worker;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Carries the request's id into the logs of what it led to. */
public final class RequestIds {
  private static final String KEY = "request_id";

  private RequestIds() {}

  /** Puts the id into the log context until the result is closed. */
  public static Scope put(@Nullable String requestId) {
    if (requestId != null) {
      MDC.put(KEY, requestId);
    }
    return () -> MDC.remove(KEY);
  }

  /** Ends the log context. */
  @FunctionalInterface
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
