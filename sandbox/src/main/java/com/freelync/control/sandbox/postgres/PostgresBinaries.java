package com.freelync.control.sandbox.postgres;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The embedded PostgreSQL binaries, unpacked once for each user and version into a cache. */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /**
   * Unpacks the binaries for this machine unless they are there already.
   *
   * @return the directory with {@code bin}, {@code lib} and {@code share}
   * @throws IllegalStateException when the class path has no binaries for this machine
   */
  static Path unpacked(Path cache) throws IOException {
    String name = resourceName();
    byte[] archive;
    try (InputStream in = PostgresBinaries.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException(
            "No PostgreSQL binaries for this machine on the class path (" + name + ")");
      }
      archive = in.readAllBytes();
    }
    Path home = cache.resolve("postgres-" + digest(archive));
    if (!Files.isDirectory(home)) {
      Files.createDirectories(cache);
      Path unfinished = Files.createTempDirectory(cache, "postgres-unpacking-");
      unpack(archive, unfinished);
      moveIntoPlace(unfinished, home);
    }
    return home;
  }

  private static String resourceName() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    return "postgres-"
        + (os.contains("mac") ? "darwin-" : "linux-")
        + (arm ? "arm_64" : "x86_64")
        + ".txz";
  }

  private static void unpack(byte[] archive, Path into) throws IOException {
    try (var tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
          throw new IOException("Archive entry outside its directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
          boolean executable = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  /** Another process may have unpacked at the same time: the first one wins, both are equal. */
  private static void moveIntoPlace(Path unfinished, Path home) throws IOException {
    try {
      Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
      Directories.delete(unfinished);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
