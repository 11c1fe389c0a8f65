package com.freelync.control.configuration.secret;

import com.freelync.control.configuration.secret.SecretFailure.KeysUnusable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The file in which a keyset is kept. It is only ever replaced whole, by one writer at a time. */
final class KeyFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** A file's lock keeps out other processes, but not other threads of this one. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final Path path;

  KeyFile(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  /** What tells one state of the file from another; a replaced file is another file. */
  record Stamp(FileTime modified, long size, @Nullable Object file) {}

  /** Changes the keyset of the file. */
  @FunctionalInterface
  interface Change {
    Keyset apply(Keyset before) throws GeneralSecurityException;
  }

  Stamp stamp() {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  Keyset read() {
    try {
      return Keyset.fromJson(Files.readString(path, StandardCharsets.UTF_8));
    } catch (CharacterCodingException | GeneralSecurityException | RuntimeException e) {
      // What a parser says may quote what it read, so it is not passed on.
      throw new KeysUnusable(
          path + " is no keyset of enabled AES-256-GCM keys: restore it from its backup");
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Makes the file, for its owner only. */
  Keyset create() {
    return locked(
        () -> {
          if (Files.exists(path)) {
            throw new KeysUnusable(
                path + " exists already and is kept: without its keys no secret can be read");
          }
          Keyset first = Keyset.generate();
          replace(first, null);
          return first;
        });
  }

  /** Replaces the keyset by a changed one; the file keeps its owner and permissions. */
  Keyset change(Change change) {
    return locked(
        () -> {
          Keyset changed = change.apply(read());
          replace(changed, Files.readAttributes(path, PosixFileAttributes.class));
          return changed;
        });
  }

  private interface Work {
    Keyset run() throws IOException, GeneralSecurityException;
  }

  private Keyset locked(Work work) {
    THREADS.lock();
    try (FileChannel lock =
        FileChannel.open(
            path.resolveSibling(path.getFileName() + ".lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      lock.lock();
      return work.run();
    } catch (IOException e) {
      throw new KeysUnusable(
          "the keys in "
              + path
              + " were not changed ("
              + e.getClass().getSimpleName()
              + "): its directory must exist and let this user write");
    } catch (GeneralSecurityException e) {
      throw new KeysUnusable("no key could be made for " + path + ": nothing was changed");
    } finally {
      THREADS.unlock();
    }
  }

  /** Writes beside, and takes the place of the old file only when all of it is on the disk. */
  private void replace(Keyset keyset, @Nullable PosixFileAttributes like)
      throws IOException, GeneralSecurityException {
    Path target = Files.exists(path) ? path.toRealPath() : path;
    Path beside =
        Files.createTempFile(
            target.getParent(), ".keys", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(keyset.toJson().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      if (like != null) {
        makeAlike(beside, like);
      }
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
    try (FileChannel directory = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /** Whoever could read the old file can read the new one, whoever rotates. */
  private static void makeAlike(Path file, PosixFileAttributes like) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    PosixFileAttributes now = view.readAttributes();
    if (!now.group().equals(like.group())) {
      view.setGroup(like.group());
    }
    if (!now.owner().equals(like.owner())) {
      view.setOwner(like.owner());
    }
    view.setPermissions(like.permissions());
  }

  private KeysUnusable unreadable(IOException e) {
    return new KeysUnusable(
        e instanceof NoSuchFileException
            ? "there are no keys at " + path + ": restore the file, or create it where none was"
            : "the keys in "
                + path
                + " cannot be read ("
                + e.getClass().getSimpleName()
                + "): let this user, and nobody else, read the file");
  }
}
