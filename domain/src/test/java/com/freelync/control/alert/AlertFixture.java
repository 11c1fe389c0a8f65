package com.freelync.control.alert;

import com.freelync.control.ControlCenter;
import com.freelync.control.audit.Actor;
import com.freelync.control.database.Cursor;
import com.freelync.control.database.TestDatabase;
import com.freelync.control.identity.TestPeople;
import com.freelync.control.notification.InboxMessage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A database with people, and alerts as API and worker have them. */
final class AlertFixture implements AutoCloseable {
  static final Actor DEVOPS = new Actor("devops", "request-1");
  static final String FAILED = "analytics.calculation_failed";

  final TestDatabase database = TestDatabase.create();
  final MovableClock clock = new MovableClock();
  final ControlCenter api = new ControlCenter(database.as("control_api"), clock);
  final ControlCenter worker = new ControlCenter(database.as("control_worker"), clock);

  AlertFixture() {
    TestPeople.install(database);
  }

  /** Reports as a worker does, in a transaction of its own. */
  Reported report(String rule, String subject) {
    return database
        .as("control_worker")
        .transaction(
            transaction ->
                worker.alerts.report(
                    transaction, rule, subject, "It failed", Map.of("metric", "revenue")));
  }

  /** Clears as a worker does. */
  boolean clear(String rule, String subject) {
    return database
        .as("control_worker")
        .transaction(
            transaction -> worker.alerts.clear(transaction, rule, subject, "It works again."));
  }

  /** Every alert about a subject, the newest first. */
  List<Alert> about(String subject) {
    return api.alertList.list(AlertFilter.ALL, Cursor.START, 200).stream()
        .filter(alert -> alert.subject().equals(subject))
        .toList();
  }

  /** The one alert about a subject. */
  Alert only(String subject) {
    List<Alert> found = about(subject);
    if (found.size() != 1) {
      throw new AssertionError(found);
    }
    return found.getFirst();
  }

  /** What a person was told of an alert. */
  List<InboxMessage> told(String person, UUID alert) {
    return api.inbox.list(person, null, Cursor.START, 200).stream()
        .filter(message -> message.link().equals("/admin/alerts/" + alert))
        .toList();
  }

  /** Who was told of an alert. */
  Set<String> toldOf(UUID alert) {
    return database
        .as("control_api")
        .read(
            handle ->
                handle
                    .select(
                        "SELECT person FROM control.inbox_message WHERE link = ?",
                        "/admin/alerts/" + alert)
                    .mapTo(String.class)
                    .set());
  }

  /** The actions of the audit log on something. */
  List<String> audited(String id) {
    return api.audit.actionsOn(id);
  }

  void execute(String sql, Object... values) {
    database
        .as("control_owner")
        .transaction(transaction -> transaction.handle().execute(sql, values));
  }

  @Override
  public void close() {
    database.close();
  }
}
