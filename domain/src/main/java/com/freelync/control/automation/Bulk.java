package com.freelync.control.automation;

import com.freelync.control.automation.BulkPreview.LeftOut;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A retry or a cancellation of many executions, and how far it is.
 *
 * @param done to how many it is done
 * @param refused how many could not be any more
 * @param refusals these, by reason
 */
public record Bulk(
    UUID id,
    BulkRequest.Action action,
    boolean compensates,
    String reason,
    String status,
    int count,
    int done,
    int refused,
    BigDecimal moved,
    BigDecimal wouldMove,
    List<LeftOut> refusals,
    String createdBy,
    Instant createdAt,
    @Nullable Instant finishedAt) {}
