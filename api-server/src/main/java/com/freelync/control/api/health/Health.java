package com.freelync.control.api.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all components at once and says whether the process can serve. */
public final class Health {
  private static final Logger log = LoggerFactory.getLogger(Health.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private final List<Component> components;

  public Health(List<Component> components) {
    this.components = List.copyOf(components);
  }

  /** What the components say now. */
  public Report report() {
    Map<String, String> states = new LinkedHashMap<>();
    boolean isReady = true;
    boolean isDegraded = false;
    try (ExecutorService probes = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<Component, Future<?>> asked = new LinkedHashMap<>();
      for (Component component : components) {
        asked.put(
            component,
            probes.submit(
                () -> {
                  component.probe().ask();
                  return component;
                }));
      }
      for (Map.Entry<Component, Future<?>> probe : asked.entrySet()) {
        boolean isUp = isUp(probe.getKey(), probe.getValue());
        states.put(probe.getKey().name(), isUp ? "up" : "down");
        isReady &= isUp || !probe.getKey().isEssential();
        isDegraded |= !isUp;
      }
      probes.shutdownNow();
    }
    return new Report(isReady ? (isDegraded ? "degraded" : "ready") : "not_ready", states);
  }

  private static boolean isUp(Component component, Future<?> probe) {
    try {
      probe.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      log.warn("{} is away: {}", component.name(), String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      log.warn("{} gave no answer within {}", component.name(), PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /**
   * The state of the process.
   *
   * @param status {@code ready}, {@code degraded} (it serves, some work waits) or {@code not_ready}
   * @param components {@code up} or {@code down} by name
   */
  public record Report(String status, Map<String, String> components) {
    /** Whether requests may be sent here. */
    public boolean isServing() {
      return !status.equals("not_ready");
    }
  }
}
