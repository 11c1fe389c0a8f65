package com.freelync.control.configuration;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A setting.
 *
 * @param description what it is for; empty where nothing is known of it
 * @param rule what its values may be, as it is written; empty where nothing is said of it
 * @param active what holds, or held at the instant that was asked for
 * @param upcoming versions that do not hold yet, in order
 */
public record Setting(
    String key,
    ConfigCategory category,
    String description,
    Optional<Map<String, Object>> rule,
    Optional<ConfigurationVersion> active,
    List<ConfigurationVersion> upcoming) {
  public Setting {
    upcoming = List.copyOf(upcoming);
  }

  /** What changes whenever it does. */
  public String revision() {
    StringBuilder revision = new StringBuilder();
    active.ifPresent(
        version -> revision.append(version.version()).append('.').append(version.revision()));
    upcoming.forEach(
        version ->
            revision.append('-').append(version.version()).append('.').append(version.revision()));
    return revision.toString();
  }
}
