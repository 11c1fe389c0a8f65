package com.freelync.control.analytics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/** Sets of user numbers, as they are stored (the portable Roaring format). */
final class UserSets {
  private UserSets() {}

  /** In which part of a transaction somebody was active. */
  enum Side {
    BUYER,
    SELLER
  }

  /** The two sets of a cell. */
  static final class Pair {
    private final Map<Side, RoaringBitmap> sets = new EnumMap<>(Side.class);

    Pair() {
      for (Side side : Side.values()) {
        sets.put(side, new RoaringBitmap());
      }
    }

    RoaringBitmap of(Side side) {
      RoaringBitmap set = sets.get(side);
      if (set == null) {
        throw new IllegalStateException("every side has a set");
      }
      return set;
    }

    void add(Pair other) {
      for (Side side : Side.values()) {
        of(side).or(other.of(side));
      }
    }
  }

  static byte[] write(RoaringBitmap set) {
    set.runOptimize();
    byte[] bytes = new byte[set.serializedSizeInBytes()];
    set.serialize(ByteBuffer.wrap(bytes));
    return bytes;
  }

  /** The set, read where it stands. */
  static ImmutableRoaringBitmap view(byte[] bytes) {
    return new ImmutableRoaringBitmap(ByteBuffer.wrap(bytes));
  }

  static RoaringBitmap read(byte[] bytes) {
    RoaringBitmap set = new RoaringBitmap();
    try {
      set.deserialize(ByteBuffer.wrap(bytes));
      return set;
    } catch (IOException e) {
      throw new UncheckedIOException("a stored set of users cannot be read", e);
    }
  }
}
