package com.freelync.control.api.idempotency;

import com.freelync.control.idempotency.IdempotentCalls;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets old calls every ten minutes; any number of processes may do so at once. */
public final class Purge implements Managed {
  private static final Logger log = LoggerFactory.getLogger(Purge.class);
  private static final Duration EVERY = Duration.ofMinutes(10);
  private final IdempotentCalls calls;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("idempotency-purge").factory());

  public Purge(IdempotentCalls calls) {
    this.calls = calls;
  }

  @Override
  public void start() {
    var unused =
        timer.scheduleWithFixedDelay(
            this::purge, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  private void purge() {
    try {
      calls.purge();
    } catch (JdbiException e) {
      log.warn("old idempotent calls could not be purged: {}", e.getMessage());
    }
  }

  @Override
  public void stop() {
    timer.shutdownNow();
  }
}
