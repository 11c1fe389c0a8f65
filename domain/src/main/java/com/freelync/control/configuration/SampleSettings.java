package com.freelync.control.configuration;

import com.freelync.control.audit.Actor;
import java.util.Map;

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
                install(configuration, key, known.value());
              }
            });
  }

  /** Installs values of known settings that are missing, before the usual ones. */
  public static void install(ConfigurationModule configuration, Map<String, ?> values) {
    values.forEach((key, value) -> install(configuration, key, value));
  }

  private static void install(ConfigurationModule configuration, String key, Object value) {
    configuration.firstValues.install(
        key, KnownSettings.find(key).orElseThrow().category(), value, OWNER);
  }
}
