package com.freelync.control.notification;

import com.freelync.control.approval.Role;
import com.freelync.control.text.Excerpt;
import java.util.Set;

/**
 * Something that people are told.
 *
 * @param key what it is about and which telling of it, such as {@code approval/ID/reminder/1}: each
 *     person is told once for a key
 * @param roles everyone who holds one of these is told
 * @param subjects people who are told by name
 * @param except people who are not told, such as the author
 * @param kind a stable word for programs, such as {@code approval.requested}
 * @param subject one line; line breaks and control characters in it become spaces
 * @param text plain text
 * @param link where to go on: a path of the interface, an address, or empty
 * @param mails whether it is repeated by mail to who has an address
 */
public record Notice(
    String key,
    Set<Role> roles,
    Set<String> subjects,
    Set<String> except,
    String kind,
    String subject,
    String text,
    String link,
    boolean mails) {
  private static final int LONGEST_KEY = 300;
  private static final int LONGEST_KIND = 80;
  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_TEXT = 20_000;
  private static final int LONGEST_LINK = 1_000;

  public Notice {
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException("a key has 1 to " + LONGEST_KEY + " characters");
    }
    if (kind.isBlank() || kind.length() > LONGEST_KIND) {
      throw new IllegalArgumentException("a kind has 1 to " + LONGEST_KIND + " characters");
    }
    roles = Set.copyOf(roles);
    subjects = Set.copyOf(subjects);
    except = Set.copyOf(except);
    // What people wrote may be in these: telling of it must not fail because of its characters.
    subject = cut(oneLine(subject), LONGEST_SUBJECT);
    text = cut(text.replace("\0", ""), LONGEST_TEXT);
    link = cut(oneLine(link), LONGEST_LINK);
  }

  /** A notice that is repeated by mail. */
  public Notice(
      String key,
      Set<Role> roles,
      Set<String> subjects,
      Set<String> except,
      String kind,
      String subject,
      String text,
      String link) {
    this(key, roles, subjects, except, kind, subject, text, link, true);
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ").strip();
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : Excerpt.of(text, longest - 1) + "…";
  }
}
