package com.freelync.control.payout;

import com.freelync.control.text.Excerpt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A difference between the gateway's book and ours.
 *
 * @param subject which one: the same in every run that finds it
 * @param ourSantim what moved as we have it, in santim; taken back is negative
 * @param gatewaySantim what moved as the gateway has it
 * @param at when, by the gateway where it has an entry
 */
public record Difference(
    String subject,
    DifferenceKind kind,
    BookEntryKind entryKind,
    String idempotencyKey,
    @Nullable String gatewayReference,
    @Nullable UUID payoutId,
    @Nullable String ourStatus,
    @Nullable String gatewayStatus,
    long ourSantim,
    long gatewaySantim,
    Instant at) {
  private static final int LONGEST_NAME = 120;

  /** The subject of a difference about what the gateway names so. */
  static String subject(DifferenceKind kind, String name) {
    String word = kind.name().toLowerCase(Locale.ROOT) + ":";
    return name.length() <= LONGEST_NAME
        ? word + name
        : word
            + Excerpt.of(name, LONGEST_NAME)
            + "#"
            + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The finding in one line. */
  String title() {
    return "%s %s: the gateway has %s ETB, we have %s ETB"
        .formatted(kind, idempotencyKey, Santim.toEtb(gatewaySantim), Santim.toEtb(ourSantim));
  }
}
