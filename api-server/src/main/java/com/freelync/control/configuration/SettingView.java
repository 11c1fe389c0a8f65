package com.freelync.control.configuration;

import com.freelync.control.api.links.Links;
import com.freelync.control.temporal.TemporalSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A setting as it is answered.
 *
 * @param rule what its values may be; null where nothing is said of it
 * @param active what holds, or held at the instant that was asked for
 * @param upcoming versions that do not hold yet
 */
record SettingView(
    String key,
    String category,
    String description,
    @Nullable Map<String, Object> rule,
    @Nullable ConfigurationVersionView active,
    List<ConfigurationVersionView> upcoming,
    Links links) {
  static SettingView of(Setting setting, TemporalSettings temporal) {
    return new SettingView(
        setting.key(),
        setting.category().name(),
        setting.description(),
        setting.rule().orElse(null),
        setting
            .active()
            .map(version -> ConfigurationVersionView.of(version, temporal))
            .orElse(null),
        setting.upcoming().stream()
            .map(version -> ConfigurationVersionView.of(version, temporal))
            .toList(),
        Links.self("/admin/config/" + setting.key()));
  }
}
