package com.freelync.control.alert;

import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import java.util.List;
import java.util.UUID;

/** Which alerts there are. */
public final class AlertList {
  private final Database database;

  public AlertList(Database database) {
    this.database = database;
  }

  /** One alert. */
  public Alert get(UUID id) {
    return database.read(
        handle -> handle.attach(AlertDao.class).find(id).orElseThrow(() -> Alerts.notFound(id)));
  }

  /** Alerts, the one that was raised last first, after the cursor. */
  public List<Alert> list(AlertFilter filter, Cursor after, int limit) {
    return database.read(handle -> AlertDao.list(filter).page(handle, after, limit, Alert.class));
  }

  /** How many alerts of a severity are unresolved. */
  public long unresolved(AlertSeverity severity) {
    return database.read(handle -> handle.attach(AlertDao.class).unresolved(severity.wireName()));
  }
}
