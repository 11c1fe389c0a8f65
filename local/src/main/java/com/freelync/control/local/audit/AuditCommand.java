package com.freelync.control.local.audit;

import com.freelync.control.audit.chain.Anchor;
import com.freelync.control.audit.chain.ExportHeader;
import com.freelync.control.audit.chain.ExportVerifier;
import com.freelync.control.audit.chain.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code audit verify FILE}: exit code 0 when the export is sound, 1 when it is not, 2 when it
 * cannot be verified, as when there is no such file.
 */
public final class AuditCommand {
  private static final String USAGE =
      "usage: ./control-center audit verify FILE [--anchor [POSITION:]HASH]… [--after EARLIER_FILE]";

  private final PrintStream out;
  private final PrintStream err;

  public AuditCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Verifies what the arguments name; the exit code. */
  public int run(List<String> arguments) {
    List<Anchor> anchors = new ArrayList<>();
    @Nullable Path file = null;
    @Nullable Path earlier = null;
    Iterator<String> rest = arguments.iterator();
    if (!rest.hasNext() || !rest.next().equals("verify")) {
      return refuse(USAGE);
    }
    while (rest.hasNext()) {
      String argument = rest.next();
      if (argument.equals("--anchor") && rest.hasNext()) {
        String text = rest.next();
        Anchor anchor = Anchor.parse(text).orElse(null);
        if (anchor == null) {
          return refuse(text + " is no anchor: it is a hash of 64 digits, or POSITION:HASH");
        }
        anchors.add(anchor);
      } else if (argument.equals("--after") && rest.hasNext() && earlier == null) {
        earlier = Path.of(rest.next());
      } else if (!argument.startsWith("-") && file == null) {
        file = Path.of(argument);
      } else {
        return refuse(USAGE);
      }
    }
    return file == null ? refuse(USAGE) : verify(file, earlier, anchors);
  }

  private int refuse(String message) {
    err.println(message);
    return 2;
  }

  private int verify(Path file, @Nullable Path earlier, List<Anchor> anchors) {
    try {
      List<Anchor> known = new ArrayList<>(anchors);
      if (earlier != null) {
        Verification before = read(earlier, List.of());
        if (!before.isSound()) {
          report(earlier, before);
          return 1;
        }
        known.add(new Anchor(before.last(), before.lastHash(), "the earlier export"));
      }
      Verification found = read(file, known);
      if (found.header() == null && found.trailer() == null && found.count() == 0) {
        return refuse(file + " is no export of the audit log: no line of it is one's");
      }
      report(file, found);
      return found.isSound() ? 0 : 1;
    } catch (NoSuchFileException e) {
      return refuse("there is no file " + e.getFile());
    } catch (IOException e) {
      return refuse("it cannot be read: " + e.getMessage());
    }
  }

  private static Verification read(Path file, List<Anchor> anchors) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ExportVerifier.verify(in, anchors);
    }
  }

  private void report(Path file, Verification found) {
    out.println(file + (found.isSound() ? ": sound" : ": NOT what was written"));
    found.faults().forEach(fault -> out.println("  " + fault));
    out.println("  entries       " + found.count());
    if (found.count() > 0) {
      out.println("  positions     " + found.first() + " to " + found.last());
      out.println("  times         " + found.earliest() + " to " + found.latest());
    }
    ExportHeader header = found.header();
    if (header != null) {
      out.println("  hash before   " + header.previous());
    }
    out.println("  last hash     " + found.last() + ":" + found.lastHash());
    if (header != null) {
      out.println(
          "  exported      "
              + header.exportedAt()
              + ", when the chain ended at position "
              + header.headPosition());
    }
    if (found.trailer() != null) {
      out.println("  not yet sealed then: " + found.trailer().unsealed());
    }
  }
}
