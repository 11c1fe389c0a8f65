package com.freelync.control.alert;

import com.freelync.control.alert.AlertRuleDao.RuleRow;
import com.freelync.control.approval.Role;
import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.identity.Directory;
import com.freelync.control.problem.FieldError;
import com.freelync.control.problem.RequestRefused;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules by which alerts are raised: read, and changed by people. */
public final class AlertRules {
  private final Database database;
  private final Directory directory;
  private final AuditLog audit;
  private final Clock clock;

  public AlertRules(Database database, Directory directory, AuditLog audit, Clock clock) {
    this.database = database;
    this.directory = directory;
    this.audit = audit;
    this.clock = clock;
  }

  /** Every rule, by name. */
  public List<AlertRule> list() {
    return database.read(
        handle -> handle.attach(AlertRuleDao.class).all().stream().map(RuleRow::rule).toList());
  }

  /** One rule. */
  public AlertRule get(String name) {
    return database.read(
        handle ->
            handle
                .attach(AlertRuleDao.class)
                .find(name)
                .map(RuleRow::rule)
                .orElseThrow(() -> notFound(name)));
  }

  /**
   * Changes a rule. Alerts that are unresolved keep their severity until they occur again.
   *
   * @param expected the version that the caller read; null if it does not matter
   * @throws RequestRefused.Invalid naming every field that is wrong
   * @throws RequestRefused.Stale if the rule is of another version
   */
  public AlertRule change(
      String name, AlertRuleChange change, @Nullable Long expected, Actor actor) {
    return database.transaction(
        transaction -> {
          AlertRuleDao dao = transaction.attach(AlertRuleDao.class);
          AlertRule before = dao.lock(name).map(RuleRow::rule).orElseThrow(() -> notFound(name));
          if (expected != null && expected != before.version()) {
            throw new RequestRefused.Stale();
          }
          List<FieldError> errors = change.check(before, role -> isHeld(transaction, role));
          if (!errors.isEmpty()) {
            throw new RequestRefused.Invalid(errors);
          }
          write(dao, before, change);
          audit.record(
              transaction,
              AuditEntry.allowed(
                  actor,
                  "alert_rule.change",
                  "alert_rule",
                  name,
                  Map.of("before", described(before), "change", change.fields())));
          return dao.find(name).orElseThrow().rule();
        });
  }

  private boolean isHeld(Transaction transaction, Role role) {
    return !directory.holding(transaction.handle(), Set.of(role)).isEmpty();
  }

  private void write(AlertRuleDao dao, AlertRule before, AlertRuleChange change) {
    AlertMeasure measure = before.measure();
    dao.update(
        before.name(),
        change.severity() == null ? before.severity().wireName() : change.severity(),
        change.roles() == null ? names(before) : change.roles().toArray(String[]::new),
        (change.channels() == null ? before.channels() : change.channels()).toArray(String[]::new),
        measure == null || change.threshold() != null ? change.threshold() : measure.threshold(),
        measure == null || change.window() != null ? change.window() : measure.window(),
        measure == null || change.minimumSample() != null
            ? change.minimumSample()
            : Integer.valueOf(measure.minimumSample()),
        change.enabled() == null ? before.enabled() : change.enabled(),
        clock.instant());
  }

  private static String[] names(AlertRule rule) {
    return rule.roles().stream().map(Role::name).toArray(String[]::new);
  }

  private static Map<String, Object> described(AlertRule rule) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("severity", rule.severity().wireName());
    fields.put("roles", List.of(names(rule)));
    fields.put("channels", rule.channels());
    AlertMeasure measure = rule.measure();
    if (measure != null) {
      fields.put("threshold", measure.threshold());
      fields.put("window", measure.window().toString());
      fields.put("minimum_sample", measure.minimumSample());
    }
    fields.put("enabled", rule.enabled());
    return fields;
  }

  /** The rule that code names, and that a migration therefore has to have made. */
  static AlertRule require(Transaction transaction, String name) {
    return transaction
        .attach(AlertRuleDao.class)
        .find(name)
        .map(RuleRow::rule)
        .orElseThrow(() -> new IllegalArgumentException("there is no alert rule " + name));
  }

  private static RequestRefused notFound(String name) {
    return new RequestRefused.NotFound("alert rule", name);
  }
}
