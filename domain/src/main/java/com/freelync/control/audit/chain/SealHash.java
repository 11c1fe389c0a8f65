package com.freelync.control.audit.chain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A SHA-256 hash, one link of the chain. */
public final class SealHash {
  /** Stands before the first entry: 32 zero bytes. */
  public static final SealHash NONE = new SealHash(new byte[32]);

  /** The length of its text. */
  public static final int HEX_DIGITS = 64;

  private static final HexFormat HEX = HexFormat.of();
  private final byte[] bytes;

  private SealHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash of this hash's bytes followed by the content: the next link. */
  public SealHash next(byte[] content) {
    MessageDigest digest = sha256();
    digest.update(bytes);
    return new SealHash(digest.digest(content));
  }

  /** The hash of this hash's bytes, another one's, and the content: what closes an export. */
  SealHash next(SealHash second, byte[] content) {
    MessageDigest digest = sha256();
    digest.update(bytes);
    digest.update(second.bytes);
    return new SealHash(digest.digest(content));
  }

  /** The hash with these 32 bytes. */
  public static SealHash of(byte[] bytes) {
    if (bytes.length != 32) {
      throw new IllegalArgumentException("a SHA-256 hash has 32 bytes");
    }
    return new SealHash(bytes.clone());
  }

  /** The hash that a text of 64 small hexadecimal digits says; nothing if it is no such text. */
  public static Optional<SealHash> parse(String hex) {
    return hex.length() == HEX_DIGITS && hex.chars().allMatch(SealHash::isSmallDigit)
        ? Optional.of(new SealHash(HEX.parseHex(hex)))
        : Optional.empty();
  }

  private static boolean isSmallDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SealHash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Its 64 small hexadecimal digits. */
  @Override
  public String toString() {
    return HEX.formatHex(bytes);
  }
}
