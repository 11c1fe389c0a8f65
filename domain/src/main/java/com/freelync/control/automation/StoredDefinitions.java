package com.freelync.control.automation;

import com.freelync.control.database.Json;
import com.freelync.control.parse.DefinitionParser;
import com.freelync.control.problem.RequestRefused;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** Versions as they are stored. One never changes, so a process reads and parses each once. */
public final class StoredDefinitions {
  private static final int MOST_KEPT = 1_000;

  private final Map<Key, Stored> parsed = new ConcurrentHashMap<>();

  private record Key(UUID workflowId, int version) {}

  /**
   * A version.
   *
   * @param document the definition as it was written
   * @param definition the same, parsed
   */
  record Stored(Map<String, Object> document, Definition definition) {}

  Stored find(AutomationDao dao, UUID workflowId, int version) {
    if (parsed.size() > MOST_KEPT) {
      parsed.clear();
    }
    return parsed.computeIfAbsent(
        new Key(workflowId, version), missing -> read(dao.definition(workflowId, version)));
  }

  private static Stored read(String json) {
    Map<String, Object> document = Json.readObject(json);
    return new Stored(document, parse(document));
  }

  /** A version of an automation; empty if it has no such version. */
  public Optional<Definition> find(Handle handle, UUID workflowId, int version) {
    AutomationDao dao = handle.attach(AutomationDao.class);
    return version < 1 || version > latestVersion(handle, workflowId)
        ? Optional.empty()
        : Optional.of(find(dao, workflowId, version).definition());
  }

  /**
   * The latest version of an automation.
   *
   * @throws RequestRefused.NotFound if there is none
   */
  public int latestVersion(Handle handle, UUID workflowId) {
    return handle
        .attach(AutomationDao.class)
        .find(workflowId)
        .orElseThrow(() -> new RequestRefused.NotFound("automation", workflowId))
        .latestVersion();
  }

  /** The definition in a stored document, which was checked before it was stored. */
  public static Definition parse(Map<String, Object> document) {
    return switch (DefinitionParser.parse(document)) {
      case DefinitionParser.Result.Parsed ok -> ok.definition();
      case DefinitionParser.Result.Invalid bad ->
          throw new IllegalStateException("a stored definition is invalid: " + bad.errors());
    };
  }
}
