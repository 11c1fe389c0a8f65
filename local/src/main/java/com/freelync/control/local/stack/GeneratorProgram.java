package com.freelync.control.local.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The marketplace's generator as a program. */
public final class GeneratorProgram {
  private final Layout layout;

  /** The generator of the sandbox's jar. */
  public GeneratorProgram(Layout layout) {
    this.layout = layout;
  }

  /** How it is started; {@code options} are the generator's own. */
  public ProcessBuilder command(String jdbcUrl, String password, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-XX:+UseSerialGC");
    command.add("-jar");
    command.add(layout.jar("sandbox").toString());
    command.add("generate");
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command).directory(layout.root().toFile());
    builder.environment().put("DATABASE_URL", jdbcUrl);
    builder.environment().put("MARKETPLACE_DATABASE_PASSWORD", password);
    return builder;
  }
}
