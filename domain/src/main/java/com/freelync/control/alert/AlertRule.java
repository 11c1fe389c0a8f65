package com.freelync.control.alert;

import com.freelync.control.approval.Role;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When people are told, how urgent it is, and who.
 *
 * @param name such as {@code automation.high_failure_rate}
 * @param roles whose holders are told
 * @param measure what is measured; null where a capability reports what it finds
 * @param channels how they are told: {@code in_app}, and {@code mail} where it is repeated by mail
 * @param version grows with each change
 * @param evaluatedAt when it was last measured
 */
public record AlertRule(
    String name,
    String description,
    AlertSeverity severity,
    List<Role> roles,
    @Nullable AlertMeasure measure,
    List<String> channels,
    boolean enabled,
    long version,
    Instant updatedAt,
    @Nullable Instant evaluatedAt) {
  /** The channel that every rule has. */
  public static final String IN_APP = "in_app";

  /** The channel by which the message of the inbox is repeated to who has an address. */
  public static final String MAIL = "mail";

  private static final int LONGEST_NAME = 100;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*([.-][a-z0-9_]+)*");

  public AlertRule {
    roles = List.copyOf(roles);
    channels = List.copyOf(channels);
  }

  /** Whether the text has the shape of a rule's name. */
  public static boolean isName(String text) {
    return text.length() <= LONGEST_NAME && NAME.matcher(text).matches();
  }

  /** Whether people get a mail too. */
  public boolean mails() {
    return channels.contains(MAIL);
  }
}
