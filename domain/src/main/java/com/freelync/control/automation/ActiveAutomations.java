package com.freelync.control.automation;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Finds what is active now. */
public final class ActiveAutomations {
  private final StoredDefinitions definitions;

  public ActiveAutomations(StoredDefinitions definitions) {
    this.definitions = definitions;
  }

  /** The automations that an event of this type starts. */
  List<ActiveAutomation> onEvent(Handle handle, String eventType) {
    AutomationDao dao = handle.attach(AutomationDao.class);
    return dao.activeOnEvent(eventType).stream().map(row -> parsed(dao, row)).toList();
  }

  /** An automation if it is active. */
  Optional<ActiveAutomation> find(Handle handle, UUID id) {
    AutomationDao dao = handle.attach(AutomationDao.class);
    return dao.active(id).map(row -> parsed(dao, row));
  }

  /** An automation if it is active, or was until it was paused. */
  Optional<ActiveAutomation> armed(Handle handle, UUID id) {
    AutomationDao dao = handle.attach(AutomationDao.class);
    return dao.armed(id).map(row -> parsed(dao, row));
  }

  private ActiveAutomation parsed(AutomationDao dao, AutomationDao.ActiveRow row) {
    return new ActiveAutomation(
        row.id(),
        row.version(),
        row.name(),
        row.movesMoney(),
        definitions.find(dao, row.id(), row.version()).definition());
  }
}
