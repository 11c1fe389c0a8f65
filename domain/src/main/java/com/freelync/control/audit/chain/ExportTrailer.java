package com.freelync.control.audit.chain;

import java.util.Arrays;
import java.util.Optional;

/**
 * What an export says of itself after its entries.
 *
 * @param position the last position
 * @param hash the hash there
 * @param count how many entries the file has
 * @param unsealed how many entries were written, but not yet sealed, when the export ended
 */
public record ExportTrailer(long position, SealHash hash, long count, long unsealed) {
  byte[] content() {
    return new JsonText()
        .field("position", position)
        .field("last_hash", hash.toString())
        .field("count", count)
        .field("unsealed", unsealed)
        .bytes();
  }

  /** Its line: the hash binds it to the header and to the last entry. */
  ExportLine line(SealHash header) {
    return new ExportLine(ExportLine.Kind.TRAILER, header.next(hash, content()), content());
  }

  static Optional<ExportTrailer> parse(byte[] content) {
    try {
      JsonFields fields = JsonFields.of(content);
      ExportTrailer trailer =
          new ExportTrailer(
              fields.number("position"),
              fields.hash("last_hash"),
              fields.number("count"),
              fields.number("unsealed"));
      return Arrays.equals(trailer.content(), content) ? Optional.of(trailer) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
