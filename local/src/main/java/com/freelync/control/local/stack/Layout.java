package com.freelync.control.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things are on this machine.
 *
 * @param root the directory of the modules, whose jars are run
 * @param home the directory of data, keys and logs ({@code .control-center})
 */
public record Layout(Path root, Path home) {

  /** The layout that the script says in CONTROL_CENTER_ROOT and CONTROL_CENTER_HOME. */
  public static Layout ofEnvironment() {
    Path root = Path.of(System.getenv().getOrDefault("CONTROL_CENTER_ROOT", ".")).toAbsolutePath();
    String home = System.getenv("CONTROL_CENTER_HOME");
    return new Layout(
        root.normalize(),
        home == null ? root.resolve(".control-center") : Path.of(home).toAbsolutePath());
  }

  /** What runs, for people and scripts; holds a password, so only its owner can read it. */
  public Path state() {
    return home.resolve("state.json");
  }

  /** The processes that were started. */
  public Path ledger() {
    return home.resolve("processes");
  }

  /** {@code ready} or {@code failed}, written when a start has come to its end. */
  public Path outcome() {
    return home.resolve("outcome");
  }

  /** The log of a part. */
  public Path log(String part) {
    return switch (part) {
      case "postgres" -> postgres().resolve("postgres.log");
      case "temporal" -> temporal().resolve("temporal.log");
      default -> home.resolve("logs").resolve(part + ".log");
    };
  }

  Path postgres() {
    return home.resolve("postgres");
  }

  Path temporal() {
    return home.resolve("temporal");
  }

  Path issuer() {
    return home.resolve("issuer");
  }

  Path archives() {
    return home.resolve("cds");
  }

  /**
   * The JVM's archive of a part's parsed classes. One that is older than the build is removed, for
   * the JVM refuses it and then makes no new one; {@code local.jar} is written by every build.
   */
  Path archive(String part) throws IOException {
    Path archive = archives().resolve(part + ".jsa");
    Path built = jar("local");
    if (Files.exists(archive)
        && Files.exists(built)
        && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(built)) < 0) {
      Files.delete(archive);
    }
    return archive;
  }

  Path secretKeys() {
    return home.resolve("secret-keys.json");
  }

  Path gatewayKey() {
    return home.resolve("gateway-api-key");
  }

  Path jar(String module) {
    return root.resolve(module).resolve("target").resolve(module + ".jar");
  }

  Path people() {
    return root.resolve("api-server/config/people.yml");
  }

  Path config(String module) {
    return root.resolve(module).resolve("config/control-center.yml");
  }
}
