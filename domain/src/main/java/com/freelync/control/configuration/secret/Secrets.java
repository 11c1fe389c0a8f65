package com.freelync.control.configuration.secret;

import com.freelync.control.configuration.secret.SecretFailure.NotReadable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * Encrypts and decrypts. The context, such as a row's key and id, is sealed in but not hidden: what
 * was sealed for one row is unreadable in another.
 */
public final class Secrets {
  /**
   * What is shown instead of a secret: always the same, for a mask as long as the secret, or with
   * its last characters, would tell something of it, and of a short one much.
   */
  public static final String MASK = "••••••••";

  /** What Tink writes before it: a one, and the id of the key. */
  private static final int PREFIX = 5;

  private final SecretKeys keys;

  public Secrets(SecretKeys keys) {
    this.keys = keys;
  }

  /** What to show instead of a secret, whatever it is. */
  public static String mask(String clear) {
    return MASK;
  }

  /**
   * Seals a text with the primary key.
   *
   * @throws IllegalArgumentException where half of a surrogate pair stands alone in it
   */
  public byte[] encrypt(String clear, String context) {
    byte[] bytes = utf8(clear);
    try {
      return keys.current().aead().encrypt(bytes, utf8(context));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot encrypt with AES-256-GCM");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * The text that was sealed for this context.
   *
   * @throws NotReadable where it was changed, is of another context, or its key is gone
   */
  public String decrypt(byte[] sealed, String context) {
    if (!hasPrefix(sealed)) {
      throw new NotReadable("this is nothing that was sealed here");
    }
    Keyset keyset = keys.knowing(keyId(sealed));
    if (!keyset.ids().contains(keyId(sealed))) {
      throw new NotReadable(
          "the key that sealed this secret is not in the file of keys: restore it there");
    }
    byte[] clear;
    try {
      clear = keyset.aead().decrypt(sealed, utf8(context));
    } catch (GeneralSecurityException e) {
      throw new NotReadable("this secret was changed, or was sealed for another place");
    }
    try {
      return new String(clear, StandardCharsets.UTF_8);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /** Whether the primary key sealed it; what another one sealed is still to be sealed anew. */
  public boolean isSealedByPrimary(byte[] sealed) {
    return hasPrefix(sealed) && keyId(sealed) == keys.primaryId();
  }

  /** The same secret, sealed with the primary key. */
  public byte[] reseal(byte[] sealed, String context) {
    return encrypt(decrypt(sealed, context), context);
  }

  private static boolean hasPrefix(byte[] sealed) {
    return sealed.length > PREFIX && sealed[0] == 1;
  }

  private static int keyId(byte[] sealed) {
    return ByteBuffer.wrap(sealed).getInt(1);
  }

  private static byte[] utf8(String text) {
    try {
      ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      Arrays.fill(buffer.array(), (byte) 0);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a secret and its context are of whole characters");
    }
  }
}
