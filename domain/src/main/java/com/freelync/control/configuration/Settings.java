package com.freelync.control.configuration;

import com.freelync.control.approval.Approvals;
import com.freelync.control.configuration.value.ValueRule;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads settings, their versions and their history, as people see them. */
public final class Settings {
  private final Database database;
  private final Approvals approvals;
  private final Clock clock;

  Settings(Database database, Approvals approvals, Clock clock) {
    this.database = database;
    this.approvals = approvals;
    this.clock = clock;
  }

  /** One version. */
  public ConfigurationVersion version(UUID id) {
    return database.read(
        handle -> view(handle, Configurations.row(handle.attach(ConfigurationDao.class), id)));
  }

  /**
   * One setting.
   *
   * @param at the instant of which its value is asked; null for now
   * @throws RequestRefused.NotFound if there is no such setting
   */
  public Setting setting(String key, @Nullable Instant at) {
    return database.read(
        handle -> {
          ConfigurationDao dao = handle.attach(ConfigurationDao.class);
          ConfigCategory category =
              SettingKeys.find(handle, key)
                  .orElseThrow(() -> new RequestRefused.NotFound("setting", key));
          Optional<VersionRow> active = at == null ? dao.active(key) : dao.at(key, at);
          return setting(
              handle,
              key,
              category,
              active.orElse(null),
              dao.upcoming(key).stream().map(row -> view(handle, row)).toList());
        });
  }

  private Setting setting(
      Handle handle,
      String key,
      ConfigCategory category,
      @Nullable VersionRow active,
      List<ConfigurationVersion> upcoming) {
    Optional<ValueRule> rule = SettingRules.value(handle, key);
    return new Setting(
        key,
        category,
        rule.map(ValueRule::description).orElse(""),
        rule.map(ValueRule::document),
        Optional.ofNullable(active).map(row -> view(handle, row)),
        upcoming);
  }

  /**
   * The keys of all settings in their order, also of those that are known and were never set; the
   * rules are not among them.
   */
  public List<String> keys(@Nullable ConfigCategory category) {
    return database.read(
        handle -> {
          SortedSet<String> keys = new TreeSet<>();
          KnownSettings.all()
              .forEach(
                  (key, known) -> {
                    if (category == null || known.category() == category) {
                      keys.add(key);
                    }
                  });
          keys.addAll(
              handle
                  .attach(ConfigurationDao.class)
                  .keys(category == null ? null : category.name()));
          return List.copyOf(keys);
        });
  }

  /** Versions, the newest first, after the cursor. */
  public List<ConfigurationVersion> versions(
      @Nullable String key, @Nullable String status, Cursor after, int limit) {
    return database.read(
        handle ->
            ConfigurationDao.versions(key, status)
                .page(handle, after, limit, VersionRow.class)
                .stream()
                .map(row -> view(handle, row))
                .toList());
  }

  /**
   * The record of a setting's changes, the newest first, or of one version's.
   *
   * @param before the place before which it goes on; {@link Integer#MAX_VALUE} from the newest on
   */
  public List<ConfigChange> history(UUID id, boolean isOfVersion, int before, int limit) {
    return database.read(
        handle -> {
          VersionRow row = Configurations.row(handle.attach(ConfigurationDao.class), id);
          return History.list(handle, row.key(), isOfVersion ? id : null, before, limit);
        });
  }

  /** Who must agree to changes of a category, and the setting that says so. */
  public CategoryRule rule(ConfigCategory category) {
    return database.read(handle -> SettingRules.category(handle, category));
  }

  private ConfigurationVersion view(Handle handle, VersionRow row) {
    Instant heldUntil =
        row.state() == ConfigStatus.APPROVED
            ? FreezeWindows.at(handle, Objects.requireNonNull(clock.instant()))
                .map(FreezeWindow::endsAt)
                .orElse(null)
            : null;
    return ConfigurationVersion.of(
        row, approvals.about(handle, VersionSubject.TYPE, row.id().toString()), heldUntil);
  }
}
