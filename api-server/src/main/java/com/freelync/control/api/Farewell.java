package com.freelync.control.api;

import com.freelync.control.configuration.SettingStream;
import org.eclipse.jetty.util.component.LifeCycle;

/** Ends the streams as the server begins to stop: it waits for answers that are on their way. */
record Farewell(SettingStream stream) implements LifeCycle.Listener {
  @Override
  public void lifeCycleStopping(LifeCycle server) {
    stream.close();
  }
}
