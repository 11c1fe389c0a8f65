package com.freelync.control.configuration;

import com.freelync.control.database.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the record of changes. Secrets are masked in it.
 *
 * @param place its place among the entries of its setting
 * @param previous what held before, in the object form; null for nothing
 * @param status of the version afterwards
 * @param hash of the entry, over the hash of the one before it
 */
public record ConfigChange(
    int place,
    UUID versionId,
    int version,
    String action,
    String status,
    String actor,
    Instant at,
    @Nullable String reason,
    @Nullable Map<String, Object> previous,
    Map<String, Object> value,
    String riskLevel,
    Map<String, Object> impact,
    boolean canRollback,
    String contentHash,
    Map<String, Object> details,
    @Nullable String requestId,
    String hash) {

  static List<ConfigChange> list(
      Handle handle, String key, @Nullable UUID version, int before, int limit) {
    return History.list(handle, key, version, before, limit).stream()
        .map(
            entry ->
                new ConfigChange(
                    entry.place(),
                    entry.versionId(),
                    entry.version(),
                    entry.action(),
                    entry.status(),
                    entry.actor(),
                    entry.at(),
                    entry.reason(),
                    entry.previousJson() == null ? null : Json.readObject(entry.previousJson()),
                    Json.readObject(entry.valueJson()),
                    entry.riskLevel(),
                    Json.readObject(entry.impactJson()),
                    entry.canRollback(),
                    entry.contentHash(),
                    Json.readObject(entry.detailsJson()),
                    entry.requestId(),
                    entry.hash()))
        .toList();
  }
}
