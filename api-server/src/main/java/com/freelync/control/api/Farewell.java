package com.freelync.control.api;

import java.util.List;
import org.eclipse.jetty.util.component.LifeCycle;

/** Ends the streams as the server begins to stop: it waits for answers that are on their way. */
record Farewell(List<Runnable> endings) implements LifeCycle.Listener {
  @Override
  public void lifeCycleStopping(LifeCycle server) {
    endings.forEach(Runnable::run);
  }
}
