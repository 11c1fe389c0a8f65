package com.freelync.control.configuration;

import com.freelync.control.audit.Actor;

/** The values that the local stack starts with. */
public final class SampleSettings {
  private static final Actor OWNER = new Actor("system:samples", null);

  private SampleSettings() {}

  /** Installs those that are missing, by a service that has the role of the schema's owner. */
  public static void install(ConfigurationModule configuration) {
    KnownSettings.all()
        .forEach(
            (key, known) -> {
              if (known.value() != null) {
                configuration.firstValues.install(key, known.category(), known.value(), OWNER);
              }
            });
  }
}
