package com.freelync.control.alert;

import com.freelync.control.alert.AlertDao.Occurrence;
import com.freelync.control.database.Transaction;
import com.freelync.control.notification.Notice;
import com.freelync.control.notification.Notifications;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What people are told when an alert fires: once for the first time, once after each silence. */
final class AlertMessages {
  private final Notifications notifications;

  AlertMessages(Notifications notifications) {
    this.notifications = notifications;
  }

  void fired(
      Transaction transaction,
      AlertRule rule,
      Occurrence occurrence,
      String title,
      Map<String, Object> details) {
    String link = "/admin/alerts/" + occurrence.id();
    notifications.tell(
        transaction,
        new Notice(
            "alert/" + occurrence.id() + "/" + occurrence.occurrences(),
            Set.copyOf(rule.roles()),
            Set.of(),
            Set.of(),
            "alert",
            "Alert (" + rule.severity().wireName() + "): " + title,
            text(rule, details),
            link,
            rule.mails()),
        null);
  }

  private static String text(AlertRule rule, Map<String, Object> details) {
    String facts =
        new TreeMap<>(details)
            .entrySet().stream()
                .map(fact -> "\n" + fact.getKey() + ": " + fact.getValue())
                .collect(Collectors.joining());
    return rule.description() + " (" + rule.name() + ")" + (facts.isEmpty() ? "" : "\n" + facts);
  }
}
