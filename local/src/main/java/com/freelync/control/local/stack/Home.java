package com.freelync.control.local.stack;

import com.freelync.control.configuration.secret.SecretKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directory of data, keys and logs, used by one supervisor at a time. */
public final class Home {
  /** What {@link #forget} deletes, by name: never anything else that somebody keeps there. */
  private static final List<String> DATA =
      List.of(
          "postgres", "temporal", "issuer", "gateway-api-key", "secret-keys.json", "state.json");

  private Home() {}

  /**
   * Makes the directory and takes it for this process, until it ends.
   *
   * @return empty when another supervisor has it
   */
  public static Optional<FileLock> take(Layout layout) {
    try {
      if (!Files.exists(layout.home())) {
        Path parent = layout.home().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        // It holds passwords and keys.
        Files.createDirectory(
            layout.home(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Files.createDirectories(layout.home().resolve("logs"));
      Files.createDirectories(layout.archives());
      FileChannel channel =
          FileChannel.open(
              layout.home().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
      }
      return Optional.ofNullable(lock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the data and keys of earlier runs; logs and class archives stay. */
  public static void forget(Layout layout) {
    for (String name : DATA) {
      delete(layout.home().resolve(name));
    }
  }

  /** The key that the workers show the gateway, made at the first start and kept. */
  static String gatewayKey(Layout layout) {
    Path file = layout.gatewayKey();
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "gw_" + HexFormat.of().formatHex(random));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The keys by which secrets are encrypted, made at the first start and kept with the data. */
  static synchronized Path secretKeys(Layout layout) {
    if (!Files.exists(layout.secretKeys())) {
      SecretKeys.create(layout.secretKeys());
    }
    return layout.secretKeys();
  }

  private static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                throws IOException {
              if (e != null) {
                throw e;
              }
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
