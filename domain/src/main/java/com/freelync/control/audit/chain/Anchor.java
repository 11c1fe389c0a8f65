package com.freelync.control.audit.chain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A hash that the chain is known to have had.
 *
 * @param position where, if that is known
 * @param source how a person calls it
 */
public record Anchor(@Nullable Long position, SealHash hash, String source) {
  private static final Pattern TEXT = Pattern.compile("(?:(\\d{1,18}):)?([0-9a-f]{64})");

  /** Reads {@code HASH} or {@code POSITION:HASH}; nothing if it is neither. */
  public static Optional<Anchor> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String position = matcher.group(1);
    return SealHash.parse(matcher.group(2))
        .map(
            hash ->
                new Anchor(
                    position == null ? null : Long.valueOf(position), hash, "the noted hash"));
  }
}
