package com.freelync.control.sandbox.mail;

import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as the sink shows it; {@code text} and {@code html} are empty when it has none.
 *
 * @param message_id as it was sent, in angle brackets; empty when it has none
 * @param received_at when it came, RFC 3339
 */
public record ReceivedMail(
    String message_id,
    String received_at,
    List<String> from,
    List<String> to,
    String subject,
    String text,
    String html) {
  private static final int LONGEST_TEXT = 50_000;

  /** Whether it went to this address, however that is written. */
  boolean isTo(String address) {
    return to.stream()
        .map(one -> one.replaceFirst("^.*<", "").replaceFirst(">$", ""))
        .anyMatch(address::equalsIgnoreCase);
  }

  static ReceivedMail of(MimeMessage message) {
    try {
      return new ReceivedMail(
          message.getMessageID() == null ? "" : message.getMessageID(),
          Instant.now().toString(),
          addresses(message.getFrom()),
          addresses(message.getAllRecipients()),
          message.getSubject() == null ? "" : message.getSubject(),
          cut(content(message, "text/plain")),
          cut(content(message, "text/html")));
    } catch (MessagingException e) {
      throw new IllegalStateException("An unreadable message", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String cut(String text) {
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + " …" : text;
  }

  private static List<String> addresses(Address @Nullable [] addresses) {
    return addresses == null ? List.of() : Arrays.stream(addresses).map(Address::toString).toList();
  }

  private static String content(Part part, String type) throws MessagingException, IOException {
    if (part.isMimeType(type)) {
      return part.getContent().toString().strip();
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart inner = parts.getBodyPart(i);
        String found = content(inner, type);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return "";
  }
}
