package com.freelync.control.alert;

import com.freelync.control.database.Database;
import com.freelync.control.database.Failures;
import com.freelync.control.database.Transaction;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds signals against the measured rules, and reports or clears. Any number of processes may run
 * one: each rule is measured by the first that comes, and again when it is due.
 */
public final class AlertEvaluator implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(AlertEvaluator.class);

  /** A little less than the pause between two sweeps of a worker, which vary. */
  private static final Duration PAUSE = Duration.ofSeconds(20);

  private final Database database;
  private final Alerts alerts;
  private final List<Signal> signals;
  private final Clock clock;

  public AlertEvaluator(Database database, Alerts alerts, List<Signal> signals, Clock clock) {
    this.database = database;
    this.alerts = alerts;
    this.signals = List.copyOf(signals);
    this.clock = clock;
  }

  /** Measures what is due. A rule that cannot be measured now does not keep the others from it. */
  @Override
  public void run() {
    for (Signal signal : signals) {
      for (String rule : rules(signal)) {
        try {
          database.transaction(transaction -> evaluate(transaction, signal, rule));
        } catch (RuntimeException e) {
          log.warn("Alert rule {} will be measured later: {}", rule, Failures.describe(e));
        }
      }
    }
  }

  private List<String> rules(Signal signal) {
    return database.read(handle -> handle.attach(AlertRuleDao.class).onSignal(signal.name()));
  }

  /** In one transaction with the claim: a process that dies meanwhile leaves the rule due. */
  private boolean evaluate(Transaction transaction, Signal signal, String name) {
    Instant now = clock.instant();
    if (transaction.attach(AlertRuleDao.class).claim(name, now, now.minus(PAUSE)) == 0) {
      return false;
    }
    AlertRule rule = AlertRules.require(transaction, name);
    AlertMeasure measure = rule.measure();
    if (measure != null) {
      // In the order in which everybody locks alerts, so that no two wait in a circle.
      signal.measure(transaction.handle(), now.minus(measure.window())).stream()
          .sorted(Comparator.comparing(Measurement::subject))
          .forEach(measurement -> judge(transaction, rule, measurement));
    }
    return true;
  }

  /**
   * Holds one measurement against the rules of a signal, in the caller's transaction: for what is
   * known the moment it happens, such as how long a calculation took.
   */
  public void observe(Transaction transaction, String signal, Measurement measurement) {
    for (String rule : transaction.attach(AlertRuleDao.class).onSignal(signal)) {
      judge(transaction, AlertRules.require(transaction, rule), measurement);
    }
  }

  /** Too small a sample says nothing: an alert that there is stays, and none is raised. */
  private void judge(Transaction transaction, AlertRule rule, Measurement measurement) {
    AlertMeasure measure = rule.measure();
    if (measure == null || !measure.isEnough(measurement)) {
      return;
    }
    if (measure.holds(measurement)) {
      alerts.report(
          transaction,
          rule,
          measurement.subject(),
          measurement.title(),
          facts(measure, measurement));
    } else {
      alerts.clear(
          transaction,
          rule.name(),
          measurement.subject(),
          "Measured %s, no longer %s %s."
              .formatted(
                  plain(measurement.value()),
                  measure.comparison().words(),
                  plain(measure.threshold())));
    }
  }

  private static Map<String, Object> facts(AlertMeasure measure, Measurement measurement) {
    Map<String, Object> facts = new LinkedHashMap<>(measurement.facts());
    facts.put("value", measurement.value());
    facts.put("threshold", measure.threshold());
    facts.put("comparison", measure.comparison().wireName());
    facts.put("sample", measurement.sample());
    facts.put("window", measure.window().toString());
    return facts;
  }

  private static String plain(BigDecimal number) {
    return number.toPlainString();
  }
}
