package com.freelync.control.audit;

import com.freelync.control.audit.chain.AuditRow;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is listed.
 *
 * @param position its place in the chain; null while it waits for its seal
 * @param hash its seal, in hexadecimal digits; null while it waits for it
 */
public record ListedEntry(@Nested AuditRow row, @Nullable Long position, @Nullable String hash) {}
