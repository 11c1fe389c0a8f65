package com.freelync.control.audit.chain;

import com.freelync.control.audit.chain.EntryWalk.Entry;
import com.freelync.control.audit.chain.ExportLine.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verifies one export, line by line, needing nothing but its bytes. */
public final class ExportVerifier {
  private final Lines lines;
  private final Faults faults = new Faults();
  private final AnchorCheck anchors;
  private @Nullable ExportHeader header;
  private @Nullable ExportTrailer trailer;

  private ExportVerifier(InputStream in, List<Anchor> anchors) throws IOException {
    this.lines = new Lines(in);
    this.anchors = new AnchorCheck(anchors, faults);
  }

  /**
   * Verifies an export.
   *
   * @param anchors hashes that the chain is known to have had, which the file must have too
   * @throws IOException if it cannot be read
   */
  public static Verification verify(InputStream in, List<Anchor> anchors) throws IOException {
    return new ExportVerifier(in, anchors).run();
  }

  private Verification run() throws IOException {
    SealHash headerHash = header();
    ExportHeader said = header;
    EntryWalk walk =
        new EntryWalk(
            said == null ? firstPosition() : said.first(),
            said == null ? SealHash.NONE : said.previous(),
            faults,
            anchors);
    Lines.Line end = entries(walk);
    if (end == null) {
      faults.add(
          0,
          "the file ends after position %d without a trailer: its tail is cut%s"
              .formatted(walk.last(), said == null ? "" : "; it began as " + promised(said)));
    } else {
      trailer(end, walk, headerHash);
    }
    if (said != null && end != null && (walk.last() != said.last() || walk.count != said.count())) {
      faults.add(
          1,
          "the header says %s, the file has %d entries and ends at position %d"
              .formatted(promised(said), walk.count, walk.last()));
    }
    if (said != null && said.headPosition() == walk.last() && !said.head().equals(walk.lastHash)) {
      faults.add(1, "the header says another hash of position %d".formatted(walk.last()));
    }
    anchors.end(said == null ? walk.first : said.first(), walk.last());
    return new Verification(
        faults.all(),
        said,
        trailer,
        walk.count,
        walk.first,
        walk.last(),
        walk.lastHash,
        walk.earliest,
        walk.latest);
  }

  private static String promised(ExportHeader said) {
    return said.count() == 0
        ? "no entries"
        : "positions %d to %d".formatted(said.first(), said.last());
  }

  /** Reads the header; its hash is what the trailer is bound to. */
  private SealHash header() throws IOException {
    Lines.Line next = lines.peek();
    Optional<ExportLine> line = parse(next, Kind.HEADER);
    if (next == null || line.isEmpty()) {
      faults.add(1, next == null ? "the file is empty" : "the first line is no header");
      // A damaged header is passed over; an entry in its place is one of the entries.
      if (next != null && parse(next, Kind.ENTRY).isEmpty()) {
        lines.next();
      }
      return SealHash.NONE;
    }
    lines.next();
    byte[] content = line.get().content();
    header = ExportHeader.parse(content).orElse(null);
    if (header == null || !header.isPossible()) {
      header = null;
      faults.add(1, "the header was changed: it is none that this version writes");
    } else if (!SealHash.NONE.next(content).equals(line.get().hash())) {
      faults.add(1, "the header was changed: its content does not give its hash");
    }
    return line.get().hash();
  }

  private long firstPosition() {
    Entry first = entry(lines.peek());
    return first == null ? 1 : first.position();
  }

  /** Goes over the entries; the trailer's line, or null if the file ends before. */
  private Lines.@Nullable Line entries(EntryWalk walk) throws IOException {
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      Entry entry = entry(line);
      Entry next = entry(lines.peek());
      if (entry == null) {
        if (parse(line, Kind.TRAILER).isPresent() || isLast(line)) {
          return line;
        }
        walk.unreadable(line.number());
      } else if (next != null && walk.areSwapped(entry, next)) {
        lines.next();
        walk.swapped(entry, next);
      } else {
        walk.entry(entry, next);
      }
      if (entry != null && header != null && entry.position() > header.last()) {
        faults.add(
            entry.line(),
            "position %d lies beyond %d, the last that the header says: an added line"
                .formatted(entry.position(), header.last()));
      }
    }
    return null;
  }

  /** A whole last line that is no entry was the trailer. */
  private boolean isLast(Lines.Line line) {
    return lines.peek() == null && line.isEnded();
  }

  private void trailer(Lines.Line line, EntryWalk walk, SealHash headerHash) throws IOException {
    Optional<ExportLine> parsed = parse(line, Kind.TRAILER);
    trailer = parsed.flatMap(end -> ExportTrailer.parse(end.content())).orElse(null);
    if (parsed.isEmpty() || trailer == null) {
      faults.add(line.number(), "the trailer was changed: it is none that this version writes");
    } else {
      if (!trailer.line(headerHash).hash().equals(parsed.get().hash())) {
        faults.add(
            line.number(),
            "the trailer does not belong to this header and content, or was changed");
      }
      if (trailer.position() != walk.last()
          || trailer.count() != walk.count
          || !trailer.hash().equals(walk.lastHash)) {
        faults.add(
            line.number(),
            ("the trailer says %d entries, the last at position %d with hash %s; the file has %d"
                    + " entries, the last at position %d with hash %s")
                .formatted(
                    trailer.count(),
                    trailer.position(),
                    trailer.hash(),
                    walk.count,
                    walk.last(),
                    walk.lastHash));
      }
    }
    if (!line.isEnded()) {
      faults.add(line.number(), "the file's last byte, a line feed, is missing");
    }
    for (Lines.Line more = lines.next(); more != null; more = lines.next()) {
      faults.add(more.number(), "a line was added after the trailer");
    }
  }

  private static Optional<ExportLine> parse(Lines.@Nullable Line line, Kind kind) {
    return line == null
        ? Optional.empty()
        : ExportLine.parse(line.bytes()).filter(parsed -> parsed.kind() == kind);
  }

  private static @Nullable Entry entry(Lines.@Nullable Line line) {
    if (line == null || !line.isEnded()) {
      return null;
    }
    ExportLine parsed = parse(line, Kind.ENTRY).orElse(null);
    return parsed == null
        ? null
        : EntryPrefix.parse(parsed.content())
            .map(prefix -> new Entry(line.number(), prefix, parsed.hash(), parsed.content()))
            .orElse(null);
  }
}
