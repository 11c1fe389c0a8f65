package com.freelync.control.local.stack;

import com.freelync.control.local.process.Ending;
import com.freelync.control.sandbox.process.Forks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A runnable jar of ours as a process: its output in a log, nothing inherited but the environment.
 *
 * @param heapMegabytes the most its heap may take
 * @param environment added to the caller's
 */
record JavaProgram(
    String part,
    Path jar,
    List<String> arguments,
    int heapMegabytes,
    Map<String, String> environment,
    URI probe) {
  private static final Duration TO_START = Duration.ofSeconds(90);
  private static final Duration TO_END = Duration.ofSeconds(20);

  /** Starts it and returns when its probe answers. */
  Running start(Layout layout, KeptPart part, Forks forks) throws PartFailed {
    try {
      Path log = layout.log(part.name());
      Files.createDirectories(log.getParent());
      ProcessBuilder builder =
          new ProcessBuilder(command(layout))
              .directory(layout.root().toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      ProcessHandle process = forks.start(builder).toHandle();
      part.hasProcess(process);
      Readiness.await(part.name(), process, probe, TO_START);
      return new Running(process, probe, () -> Ending.end(process, TO_END));
    } catch (IOException e) {
      throw new PartFailed(part.name(), "cannot be started: " + e.getMessage(), e);
    }
  }

  private List<String> command(Layout layout) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-Xss512k");
    command.add("-XX:MaxMetaspaceSize=192m");
    command.add("-XX:ReservedCodeCacheSize=64m");
    command.add("-XX:+ExitOnOutOfMemoryError");
    // Classes, parsed and verified once: the next start takes them from here.
    command.add("-XX:+AutoCreateSharedArchive");
    command.add("-XX:SharedArchiveFile=" + layout.archive(part));
    command.add("-Xlog:cds=off");
    command.add("-Xlog:cds+dynamic=off");
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(arguments);
    return command;
  }
}
