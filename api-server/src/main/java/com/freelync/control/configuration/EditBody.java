package com.freelync.control.configuration;

import com.freelync.control.configuration.ChangeBody.GuardBody;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A body that changes a version, as openapi.json describes it: the fields that are given; null
 * takes a schedule or a guard away.
 */
record EditBody(
    @Nullable Object value,
    @Nullable String changeReason,
    @Nullable Instant scheduledAt,
    @Nullable GuardBody guard,
    @Nullable Boolean canRollback,
    @Nullable Boolean submit) {}
