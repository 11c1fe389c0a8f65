package com.freelync.control.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process as it is known again later, by another program: its id, and when it started, so that
 * another process which was given the same id meanwhile is never taken for it.
 *
 * @param start on Linux the boot and the kernel's clock tick of the start (which no change of the
 *     wall clock moves), elsewhere the instant in milliseconds
 */
public record ProcessIdentity(long pid, String start) {

  /** The identity of a process that runs now; empty when it has ended. */
  public static Optional<ProcessIdentity> of(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(ProcessIdentity::startOf)
        .map(start -> new ProcessIdentity(pid, start));
  }

  /** The process itself, when it still runs and is this one. */
  public Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> startOf(process).filter(start::equals).isPresent());
  }

  private static Optional<String> startOf(ProcessHandle process) {
    Path stat = Path.of("/proc/" + process.pid() + "/stat");
    if (!Files.exists(Path.of("/proc/self/stat"))) {
      return process.info().startInstant().map(instant -> Long.toString(instant.toEpochMilli()));
    }
    try {
      String line = Files.readString(stat);
      // The program's name, in parentheses, may hold spaces: the fields are counted after it.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      boolean isZombie = fields[0].equals("Z");
      return isZombie ? Optional.empty() : Optional.of(boot() + "/" + fields[19]);
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static String boot() throws IOException {
    Path id = Path.of("/proc/sys/kernel/random/boot_id");
    return Files.isReadable(id) ? Files.readString(id).strip() : "boot";
  }
}
