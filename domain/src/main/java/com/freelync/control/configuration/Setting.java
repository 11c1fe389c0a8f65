package com.freelync.control.configuration;

import com.freelync.control.database.Json;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
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
    StringBuilder all = new StringBuilder(rule.map(Json::canonical).orElse(""));
    active.ifPresent(version -> all.append(version.id()).append(version.state()));
    upcoming.forEach(version -> all.append(' ').append(version.id()).append(version.state()));
    return Hashing.sha256().hashString(all, StandardCharsets.UTF_8).toString();
  }
}
