package com.freelync.control.analytics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where numbers come from.
 *
 * @param source {@code rollup}; {@code source} or {@code mixed} where all or some of it was
 *     computed from the source's rows because its rollups may not be believed
 * @param asOf the instant whose data it is: all that was committed until then
 * @param verifiedAt since when all of it was found equal to the source; null where a part never was
 * @param verified whether that is so, and no difference is known
 */
public record Provenance(
    String source, Instant asOf, @Nullable Instant verifiedAt, boolean verified) {}
