package com.freelync.control.audit.chain;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an export says of itself before its entries.
 *
 * @param first the first position; one beyond the last if there is no entry
 * @param last the last position
 * @param previous the hash before the first entry
 * @param headPosition where the chain ended when the export was made
 * @param head the hash there
 * @param from the time from which on entries were asked for, if one was given
 * @param to the time before which entries were asked for, if one was given
 */
public record ExportHeader(
    long first,
    long last,
    SealHash previous,
    long headPosition,
    SealHash head,
    Instant exportedAt,
    @Nullable Instant from,
    @Nullable Instant to) {
  private static final String FORMAT = "freelync-audit";
  private static final int VERSION = 1;

  /** How many entries follow. */
  public long count() {
    return last - first + 1;
  }

  /** Whether there can be such an export: its positions go together. */
  boolean isPossible() {
    return first >= 1 && last >= first - 1 && headPosition >= last;
  }

  byte[] content() {
    return new JsonText()
        .field("format", FORMAT)
        .field("version", VERSION)
        .field("first", first)
        .field("last", last)
        .field("count", count())
        .field("previous_hash", previous.toString())
        .field("head_position", headPosition)
        .field("head_hash", head.toString())
        .field("exported_at", exportedAt)
        .field("from", from)
        .field("to", to)
        .bytes();
  }

  ExportLine line() {
    return new ExportLine(ExportLine.Kind.HEADER, SealHash.NONE.next(content()), content());
  }

  /** The header that a content is; nothing unless it is exactly one of this version. */
  static Optional<ExportHeader> parse(byte[] content) {
    try {
      JsonFields fields = JsonFields.of(content);
      ExportHeader header =
          new ExportHeader(
              fields.number("first"),
              fields.number("last"),
              fields.hash("previous_hash"),
              fields.number("head_position"),
              fields.hash("head_hash"),
              fields.time("exported_at"),
              fields.optionalTime("from"),
              fields.optionalTime("to"));
      // Written again it is the same: no field is missing, added, or said in another way.
      return Arrays.equals(header.content(), content) ? Optional.of(header) : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
