package com.freelync.control.automation;

import com.freelync.control.database.Json;
import com.freelync.control.parse.DefinitionParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * Finds what is active now. A version never changes, so each is read and parsed once for each
 * process.
 */
public final class ActiveAutomations {
  private static final int MOST_KEPT = 1_000;

  private final Map<Key, Parsed> parsed = new ConcurrentHashMap<>();

  private record Key(UUID id, int version) {}

  private record Parsed(Map<String, Object> document, Definition definition) {}

  /** The automations that an event of this type starts. */
  List<ActiveAutomation> onEvent(Handle handle, String eventType) {
    AutomationDao dao = handle.attach(AutomationDao.class);
    return dao.activeOnEvent(eventType).stream().map(row -> parse(dao, row)).toList();
  }

  /** An automation if it is active. */
  Optional<ActiveAutomation> find(Handle handle, UUID id) {
    AutomationDao dao = handle.attach(AutomationDao.class);
    return dao.active(id).map(row -> parse(dao, row));
  }

  private ActiveAutomation parse(AutomationDao dao, AutomationDao.ActiveRow row) {
    Key key = new Key(row.id(), row.version());
    if (parsed.size() > MOST_KEPT) {
      parsed.clear();
    }
    Parsed version =
        parsed.computeIfAbsent(key, missing -> read(dao.definition(row.id(), row.version())));
    return new ActiveAutomation(
        row.id(),
        row.version(),
        row.name(),
        row.movesMoney(),
        version.document(),
        version.definition());
  }

  private static Parsed read(String json) {
    Map<String, Object> document = Json.readObject(json);
    return new Parsed(document, stored(document));
  }

  /** The definition in a stored document, which was checked before it was stored. */
  static Definition stored(Map<String, Object> document) {
    return switch (DefinitionParser.parse(document)) {
      case DefinitionParser.Result.Parsed ok -> ok.definition();
      case DefinitionParser.Result.Invalid bad ->
          throw new IllegalStateException("a stored definition is invalid: " + bad.errors());
    };
  }
}
