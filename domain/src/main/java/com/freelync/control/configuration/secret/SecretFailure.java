package com.freelync.control.configuration.secret;

/** What went wrong with a secret. A message never has clear text or key material in it. */
public abstract sealed class SecretFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private SecretFailure(String message) {
    super(message);
  }

  /** The file of keys cannot be used; the message says what to do. */
  public static final class KeysUnusable extends SecretFailure {
    private static final long serialVersionUID = 1L;

    KeysUnusable(String message) {
      super(message);
    }
  }

  /** What is sealed was changed, belongs elsewhere, or its key is gone. */
  public static final class NotReadable extends SecretFailure {
    private static final long serialVersionUID = 1L;

    NotReadable(String message) {
      super(message);
    }
  }
}
