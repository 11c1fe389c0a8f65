package com.freelync.control.audit.chain;

import java.io.IOException;
import java.io.OutputStream;

/** Writes an export: the header, each entry as it was hashed, the trailer. */
public final class ExportWriter {
  private final OutputStream out;
  private final ExportLine header;
  private SealHash last;
  private long position;
  private long count;

  /** Begins the file with its header. */
  public ExportWriter(OutputStream out, ExportHeader header) throws IOException {
    this.out = out;
    this.header = header.line();
    this.last = header.previous();
    this.position = header.first() - 1;
    out.write(this.header.bytes());
  }

  /**
   * Writes the next entry with the hash that its seal says. Whether they agree is for the reader to
   * find out: an export shows what stands in the database.
   */
  public void entry(long at, SealHash hash, AuditRow row) throws IOException {
    out.write(new ExportLine(ExportLine.Kind.ENTRY, hash, row.sealedAt(at)).bytes());
    position = at;
    last = hash;
    count++;
  }

  /** Ends the file. */
  public void end(long unsealed) throws IOException {
    out.write(new ExportTrailer(position, last, count, unsealed).line(header.hash()).bytes());
    out.flush();
  }
}
