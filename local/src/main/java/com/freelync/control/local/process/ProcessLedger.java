package com.freelync.control.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processes that a supervisor started, in a file, so that they are found and ended even after
 * the supervisor itself was killed. One line each: name, pid, start.
 */
public final class ProcessLedger {
  private final Path file;
  private final List<Entry> entries = new ArrayList<>();

  /** One process under the name of its part. */
  public record Entry(String name, ProcessIdentity identity) {}

  private ProcessLedger(Path file) {
    this.file = file;
  }

  /** The ledger kept in a file, with what an earlier supervisor wrote there. */
  public static ProcessLedger open(Path file) {
    ProcessLedger ledger = new ProcessLedger(file);
    if (Files.exists(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          parse(line).ifPresent(ledger.entries::add);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ledger;
  }

  /** Writes a process down at once; one that is known by its identity already is kept as it is. */
  public synchronized void record(String name, ProcessHandle process) {
    Optional<ProcessIdentity> identity = ProcessIdentity.of(process.pid());
    if (identity.isEmpty()) {
      return;
    }
    if (entries.removeIf(e -> e.identity().equals(identity.get()) && e.name().equals("unnamed"))
        || entries.stream().noneMatch(e -> e.identity().equals(identity.get()))) {
      entries.add(new Entry(name, identity.get()));
      write();
    }
  }

  /** The processes written down here that still run. */
  public synchronized List<Entry> running() {
    return entries.stream().filter(entry -> entry.identity().running().isPresent()).toList();
  }

  /** Forgets what no longer runs. */
  public synchronized void forgetEnded() {
    if (entries.removeIf(entry -> entry.identity().running().isEmpty())) {
      write();
    }
  }

  private void write() {
    List<String> lines =
        entries.stream()
            .map(e -> e.name() + " " + e.identity().pid() + " " + e.identity().start())
            .toList();
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.write(next, lines);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line that was cut off by a crash names nobody. */
  private static Optional<Entry> parse(String line) {
    String[] words = line.split(" ");
    if (words.length != 3 || !words[1].matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(
        new Entry(words[0], new ProcessIdentity(Long.parseLong(words[1]), words[2])));
  }
}
