package com.freelync.control.alert;

import com.freelync.control.approval.Role;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface AlertRuleDao {
  String SELECT =
      """
      SELECT name, description, severity, roles, channels, signal, comparison, threshold,
             time_window, minimum_sample, enabled, version, updated_at, evaluated_at
        FROM control.alert_rule
      """;

  @SqlQuery(SELECT + " WHERE name = :name")
  Optional<RuleRow> find(@Bind("name") String name);

  @SqlQuery(SELECT + " ORDER BY name")
  List<RuleRow> all();

  /**
   * The rule as it is once its row is locked; not against alerts being raised by it, which refer to
   * its key alone.
   */
  @SqlQuery(SELECT + " WHERE name = :name FOR NO KEY UPDATE")
  Optional<RuleRow> lock(@Bind("name") String name);

  /** Names of the enabled rules that look at a signal. */
  @SqlQuery("SELECT name FROM control.alert_rule WHERE enabled AND signal = :signal ORDER BY name")
  List<String> onSignal(@Bind("signal") String signal);

  /**
   * Takes a rule to be measured now, unless somebody else has since {@code due}, or is about to.
   */
  @SqlUpdate(
      """
      UPDATE control.alert_rule SET evaluated_at = :now
       WHERE name = (SELECT name FROM control.alert_rule
                      WHERE name = :name AND enabled
                        AND (evaluated_at IS NULL OR evaluated_at <= :due)
                        FOR NO KEY UPDATE SKIP LOCKED)
      """)
  int claim(@Bind("name") String name, @Bind("now") Instant now, @Bind("due") Instant due);

  @SqlUpdate(
      """
      UPDATE control.alert_rule
         SET severity = :severity, roles = :roles, channels = :channels, threshold = :threshold,
             time_window = :window, minimum_sample = :minimumSample, enabled = :enabled,
             version = version + 1, updated_at = :at
       WHERE name = :name
      """)
  void update(
      @Bind("name") String name,
      @Bind("severity") String severity,
      @Bind("roles") String[] roles,
      @Bind("channels") String[] channels,
      @Bind("threshold") @Nullable BigDecimal threshold,
      @Bind("window") @Nullable Duration window,
      @Bind("minimumSample") @Nullable Integer minimumSample,
      @Bind("enabled") boolean enabled,
      @Bind("at") Instant at);

  /** A rule as it is kept. */
  record RuleRow(
      String name,
      String description,
      AlertSeverity severity,
      List<String> roles,
      List<String> channels,
      @Nullable String signal,
      @Nullable AlertComparison comparison,
      @Nullable BigDecimal threshold,
      @Nullable Duration timeWindow,
      @Nullable Integer minimumSample,
      boolean enabled,
      long version,
      Instant updatedAt,
      @Nullable Instant evaluatedAt) {
    AlertRule rule() {
      return new AlertRule(
          name,
          description,
          severity,
          roles.stream().map(Role::new).toList(),
          measure(),
          channels,
          enabled,
          version,
          updatedAt,
          evaluatedAt);
    }

    /** All of it or nothing, which the table makes sure of. */
    private @Nullable AlertMeasure measure() {
      return signal == null
              || comparison == null
              || threshold == null
              || timeWindow == null
              || minimumSample == null
          ? null
          : new AlertMeasure(signal, comparison, threshold, timeWindow, minimumSample);
    }
  }
}
