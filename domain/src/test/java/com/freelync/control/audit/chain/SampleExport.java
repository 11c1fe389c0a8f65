package com.freelync.control.audit.chain;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An export of entries that were never in a database, and what can be done to it. */
final class SampleExport {
  static final Instant BEGIN = Instant.parse("2026-02-01T08:00:00.000001Z");

  private SampleExport() {}

  static AuditRow row(long id) {
    return new AuditRow(
        id,
        700 + id,
        BEGIN.plusSeconds(id),
        "cfo",
        "payout.approve",
        "payout",
        "p-" + id,
        id % 3 == 0 ? "REFUSED" : "ALLOWED",
        id % 2 == 0 ? null : "said \"yes\"\n",
        "{\"amount\": 4200.00}",
        "request-" + id);
  }

  /** The chain's hashes at positions 0 to the count. */
  static List<SealHash> chain(int count) {
    List<SealHash> hashes = new ArrayList<>(List.of(SealHash.NONE));
    for (int position = 1; position <= count; position++) {
      hashes.add(hashes.getLast().next(row(position).sealedAt(position)));
    }
    return hashes;
  }

  /** The positions of a chain that has so many. */
  static byte[] of(int first, int last, int head) {
    List<SealHash> chain = chain(head);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ExportWriter writer =
          new ExportWriter(
              out,
              new ExportHeader(
                  first,
                  last,
                  chain.get(first - 1),
                  head,
                  chain.get(head),
                  BEGIN.plusSeconds(9_000),
                  null,
                  null));
      for (int position = first; position <= last; position++) {
        writer.entry(position, chain.get(position), row(position));
      }
      writer.end(2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static List<String> lines(byte[] export) {
    return new ArrayList<>(new String(export, StandardCharsets.UTF_8).lines().toList());
  }

  static byte[] file(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  static Verification verify(byte[] export, Anchor... anchors) {
    try {
      return ExportVerifier.verify(new ByteArrayInputStream(export), List.of(anchors));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Verification verify(List<String> lines, Anchor... anchors) {
    return verify(file(lines), anchors);
  }
}
