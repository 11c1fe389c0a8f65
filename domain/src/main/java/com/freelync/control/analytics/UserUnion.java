package com.freelync.control.analytics;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/** Different users, each once; who has no number yet is told apart by a digest of the id. */
abstract sealed class UserUnion {
  private final Set<String> unnumbered = new HashSet<>();

  private UserUnion() {}

  /**
   * An empty one.
   *
   * @param isLarge whether few of them take many users each: then a bit for each number there is (a
   *     quarter of a megabyte for two million users) is faster than a compressed set
   */
  static UserUnion of(boolean isLarge) {
    return isLarge ? new Bits() : new Compressed();
  }

  /** Adds a stored set. */
  abstract void addAll(ImmutableRoaringBitmap set);

  /** Adds the users of another union of the same kind. */
  void addAll(UserUnion other) {
    addNumbers(other);
    unnumbered.addAll(other.unnumbered);
  }

  abstract void addNumbers(UserUnion other);

  abstract void addNumber(int number);

  abstract long numbered();

  /** Adds one user, by number or by digest. */
  void add(@Nullable Integer number, @Nullable String digest) {
    if (number == null) {
      unnumbered.add(String.valueOf(digest));
    } else {
      addNumber(number);
    }
  }

  long size() {
    return numbered() + unnumbered.size();
  }

  /** Numbers begin at 1 and grow by one. */
  private static final class Bits extends UserUnion {
    private long[] words = new long[64];

    @Override
    void addAll(ImmutableRoaringBitmap set) {
      ensure(set.last());
      long[] all = words;
      set.forEach((int number) -> all[number >>> 6] |= 1L << number);
    }

    @Override
    void addNumbers(UserUnion other) {
      long[] added = ((Bits) other).words;
      if (added.length > words.length) {
        words = Arrays.copyOf(words, added.length);
      }
      for (int i = 0; i < added.length; i++) {
        words[i] |= added[i];
      }
    }

    @Override
    void addNumber(int number) {
      ensure(number);
      words[number >>> 6] |= 1L << number;
    }

    private void ensure(int number) {
      if (number < 0) {
        throw new IllegalStateException("a stored set holds a number that no user has");
      }
      int word = number >>> 6;
      if (word >= words.length) {
        words = Arrays.copyOf(words, Math.max(word + 1, words.length * 2));
      }
    }

    @Override
    long numbered() {
      long count = 0;
      for (long word : words) {
        count += Long.bitCount(word);
      }
      return count;
    }
  }

  /** For many parts with few users each. */
  private static final class Compressed extends UserUnion {
    private final RoaringBitmap numbers = new RoaringBitmap();

    @Override
    void addAll(ImmutableRoaringBitmap set) {
      numbers.or(set.toRoaringBitmap());
    }

    @Override
    void addNumbers(UserUnion other) {
      numbers.or(((Compressed) other).numbers);
    }

    @Override
    void addNumber(int number) {
      numbers.add(number);
    }

    @Override
    long numbered() {
      return numbers.getLongCardinality();
    }
  }
}
