package com.freelync.control.sandbox.temporal;

import com.freelync.control.sandbox.process.Forks;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The {@code temporal} program: found on PATH, in {@code ~/go/bin} or in the cache; else installed
 * into the cache, by the official download or, where that cannot be reached, by building it with
 * Go.
 */
public final class TemporalCommand {
  /** The version that is installed when none is found. */
  public static final String VERSION = "1.5.1";

  private final List<Path> searched;
  private final Path cache;
  private final Consumer<String> progress;
  private final Forks forks;

  /**
   * A command looked for in {@code searched}, then in {@code cache}, where it is installed too.
   *
   * @param progress told, line by line, what takes long
   */
  public TemporalCommand(List<Path> searched, Path cache, Consumer<String> progress, Forks forks) {
    this.searched = List.copyOf(searched);
    this.cache = cache;
    this.progress = progress;
    this.forks = forks;
  }

  /** The command of this user, with progress on standard error. */
  public static TemporalCommand ofThisMachine(Forks forks) {
    List<Path> searched = new ArrayList<>();
    String path = System.getenv("PATH");
    if (path != null) {
      Stream.of(path.split(File.pathSeparator))
          .filter(entry -> !entry.isBlank())
          .map(Path::of)
          .forEach(searched::add);
    }
    Path home = Path.of(System.getProperty("user.home"));
    searched.add(home.resolve("go/bin"));
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches = xdg == null || xdg.isBlank() ? home.resolve(".cache") : Path.of(xdg);
    return new TemporalCommand(
        searched,
        caches.resolve("freelync-control-center/temporal-" + VERSION),
        System.err::println,
        forks);
  }

  /** The program when it is there already. */
  public Optional<Path> installed() {
    return Stream.concat(searched.stream(), Stream.of(cache))
        .map(directory -> directory.resolve("temporal"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * The program, installed first when it is not there.
   *
   * @throws IOException when neither way of installing works; the message says what to do
   */
  public Path get() throws IOException {
    Optional<Path> found = installed();
    if (found.isPresent()) {
      return found.get();
    }
    Files.createDirectories(cache);
    try {
      return download();
    } catch (IOException unreachable) {
      progress.accept("Temporal's download did not work (" + unreachable.getMessage() + ")");
      return build(unreachable);
    }
  }

  private Path download() throws IOException {
    URI address =
        URI.create(
            "https://temporal.download/cli/archive/v%s?platform=%s&arch=%s"
                .formatted(VERSION, platform(), architecture()));
    progress.accept("Downloading Temporal " + VERSION + " from " + address.getHost());
    var connection = address.toURL().openConnection();
    connection.setConnectTimeout(10_000);
    connection.setReadTimeout(60_000);
    Path unfinished = Files.createTempFile(cache, "temporal", ".part");
    try (InputStream body = connection.getInputStream();
        var tar = new TarArchiveInputStream(new GzipCompressorInputStream(body))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (Path.of(entry.getName()).endsWith("temporal")) {
          Files.copy(tar, unfinished, StandardCopyOption.REPLACE_EXISTING);
          if (!unfinished.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + unfinished + " executable");
          }
          progress.accept("Temporal " + VERSION + " is installed in " + cache);
          return Files.move(
              unfinished, cache.resolve("temporal"), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      throw new IOException("the archive has no program in it");
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private Path build(IOException downloadFailure) throws IOException {
    progress.accept(
        "Building Temporal " + VERSION + " with Go; this takes some minutes the first time");
    String module = "github.com/temporalio/cli/cmd/temporal@v" + VERSION;
    ProcessBuilder builder = new ProcessBuilder(go(), "install", "-v", module);
    builder.environment().put("GOBIN", cache.toString());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true);
    try {
      Process process = forks.start(builder);
      int packages = 0;
      try (var lines = process.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          packages++;
          if (packages % 100 == 0 || line.contains("error") || line.startsWith("go: ")) {
            progress.accept("  " + packages + ": " + line);
          }
        }
      }
      if (process.waitFor(30, TimeUnit.MINUTES) && process.exitValue() == 0) {
        return cache.resolve("temporal");
      }
      throw new IOException("'go install " + module + "' failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while Temporal was built", e);
    } catch (IOException e) {
      e.addSuppressed(downloadFailure);
      throw new IOException(
          "No Temporal server: put 'temporal' (https://docs.temporal.io/cli) on PATH, or install Go"
              + " 1.24 or newer, or set TEMPORAL_ADDRESS to a running one. "
              + e.getMessage(),
          e);
    }
  }

  private static String go() {
    Path usual = Path.of("/usr/local/go/bin/go");
    return Files.isExecutable(usual) ? usual.toString() : "go";
  }

  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return os.contains("mac") ? "darwin" : os.contains("win") ? "windows" : "linux";
  }

  private static String architecture() {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return arch.equals("aarch64") || arch.equals("arm64") ? "arm64" : "amd64";
  }
}
