package com.freelync.control.configuration.secret;

import com.freelync.control.configuration.secret.KeyFile.Stamp;
import com.freelync.control.configuration.secret.SecretFailure.KeysUnusable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a file, followed as the file changes. They are rotated in two steps, so that every
 * process knows a key before one encrypts with it: {@link #prepare}, a while later {@link
 * #promote}; then what the older keys sealed is sealed anew.
 */
public final class SecretKeys {
  private static final Logger LOG = LoggerFactory.getLogger(SecretKeys.class);

  private final KeyFile file;
  private Keyset keyset;
  private Stamp stamp;
  private @Nullable String complaint;

  private SecretKeys(KeyFile file) {
    this.file = file;
    // In this order: what changes in between is read again.
    this.stamp = file.stamp();
    this.keyset = file.read();
  }

  /**
   * The keys of a file.
   *
   * @throws KeysUnusable saying what to do where there are none
   */
  public static SecretKeys open(Path path) {
    return new SecretKeys(new KeyFile(path));
  }

  /**
   * Makes a file with one key, readable by its owner only.
   *
   * @throws KeysUnusable where there is such a file; it is never overwritten
   */
  public static SecretKeys create(Path path) {
    KeyFile file = new KeyFile(path);
    file.create();
    return new SecretKeys(file);
  }

  /** Adds a key that only decrypts as yet, and says its id. */
  public int prepare() {
    int id = file.change(Keyset::withNewKey).newestId();
    reread();
    return id;
  }

  /** Encrypts with the newest key from now on, and says its id. */
  public int promote() {
    int id = file.change(Keyset::withNewestAsPrimary).primaryId();
    reread();
    return id;
  }

  /** The id of the key that encrypts. */
  public int primaryId() {
    return current().primaryId();
  }

  /** The keys as they are now; those read before, where the file is unusable at the moment. */
  synchronized Keyset current() {
    try {
      Stamp now = file.stamp();
      if (!now.equals(stamp)) {
        keyset = file.read();
        stamp = now;
      }
      complaint = null;
    } catch (KeysUnusable e) {
      complain(e);
    }
    return keyset;
  }

  /** The keys with one that is not known yet, where the file has it. */
  Keyset knowing(int id) {
    Keyset known = current();
    return known.ids().contains(id) ? known : reread();
  }

  private synchronized Keyset reread() {
    try {
      stamp = file.stamp();
      keyset = file.read();
    } catch (KeysUnusable e) {
      complain(e);
    }
    return keyset;
  }

  /** Once for each thing that is wrong, not with each secret. */
  private void complain(KeysUnusable e) {
    if (!String.valueOf(e.getMessage()).equals(complaint)) {
      complaint = e.getMessage();
      LOG.warn("{}; those read before stay in use", complaint);
    }
  }
}
