package com.freelync.control.configuration;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
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
    String hash) {}
